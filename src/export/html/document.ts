import { createHash } from 'node:crypto'
import { version } from '../../model/version.ts'
import { counted } from '../../view/format.ts'
import { printable } from '../../view/printable.ts'

export interface ReportFacts {
  /** Of the capture's file. */
  readonly name: string
  /** ms since the epoch */
  readonly startedAt: number
  /** Of the capture; fewer may be in the report. */
  readonly flows: number
  /** All of them are. */
  readonly whole: boolean
  readonly redacted: boolean
  /** The only ones that the page may run and wear. */
  readonly script: string
  readonly style: string
}

/** The page up to its data. Nothing but its one script and its one style takes effect, and nothing is ever fetched. */
export function documentStart(facts: ReportFacts): string {
  const { name, style } = facts
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(facts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Parley ${version}">
<title>${escaped(name)} – Parley report</title>
<style>${style}</style>
</head>
<body>
<header class="top">
<p class="brand">parley <span>report</span></p>
<h1>${escaped(name)}</h1>
<p class="about" id="about">${about(facts)}</p>
</header>
<noscript><p class="note">This report draws itself with the script that it carries; scripts are switched off here.</p></noscript>
<main id="report"></main>
`
}

/** The page after its data. */
export const documentEnd = (script: string): string => `<script>${script}</script>\n</body>\n</html>\n`

function about({ startedAt, flows, whole, redacted }: ReportFacts): string {
  const count = whole ? counted(flows, 'flow') : `some of ${counted(flows, 'flow')}`
  const when = `<time datetime="${new Date(startedAt).toISOString()}">${shownTime(startedAt)}</time>`
  return `recorded from ${when}, ${count}${redacted ? ', secrets redacted' : ''}`
}

const shownTime = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`

const policy = ({ script, style }: ReportFacts): string =>
  [
    "default-src 'none'",
    `script-src '${digest(script)}'`,
    `style-src '${digest(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')

const digest = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text of anybody's for HTML and its attributes. */
const escaped = (text: string): string => printable(text).replace(/[&<>"']/g, character => entities[character]!)
