import { jsonMembers, unescapeJson } from '../../formats/json-members.ts'
import { textOf } from './charset.ts'
import { layOutJson } from './json-layout.ts'
import { type BodyLine, Outline } from './outline.ts'
import type { Render } from './renderer.ts'

/** A JSON Web Token as it stands in a text. Its signature is not verified. */
export interface Token {
  readonly text: string
  /** JSON as written. */
  readonly header: string
  /** JSON as written; undefined where the token is encrypted (RFC 7516). */
  readonly claims?: string
  readonly signatureBytes: number
}

const mostTokens = 20
const longestToken = 64 * 1024

/** The tokens in a text, each once. */
export function findTokens(text: string): readonly Token[] {
  const found = new Map<string, Token>()
  for (const [run] of text.matchAll(/[\w.-]+/g)) {
    if (run.length > longestToken || !run.includes('eyJ')) continue
    const parts = run.split('.')
    for (let i = 0; i + 2 < parts.length; i++) {
      const token = tokenOf(parts.slice(i, i + 5))
      if (token) found.set(token.text, token)
      if (found.size >= mostTokens) return [...found.values()]
    }
  }
  return [...found.values()]
}

function tokenOf(parts: readonly string[]): Token | undefined {
  const [first = '', second = '', third = ''] = parts
  if (!first.startsWith('eyJ')) return undefined
  const header = Buffer.from(first, 'base64url').toString()
  const members = jsonMembers(header)
  if (!members?.has('alg')) return undefined
  if (members.has('enc') && parts.length >= 5) return { text: parts.slice(0, 5).join('.'), header, signatureBytes: 0 }
  const claims = Buffer.from(second, 'base64url').toString()
  if (!jsonMembers(claims)) return undefined
  const text = `${first}.${second}.${third}`
  return { text, header, claims, signatureBytes: Buffer.from(third, 'base64url').length }
}

/** Header and claims of each token, times as dates. `now` in ms since the epoch tells what has expired. */
export function tokenLines(tokens: readonly Token[], maxLines: number, now?: number): readonly BodyLine[] {
  const outline = new Outline(maxLines)
  for (const [index, { header, claims, signatureBytes }] of tokens.entries()) {
    outline.open([{ text: tokens.length > 1 ? `JWT ${index + 1}` : 'JWT', tone: 'bold' }], `jwt[${index}]`)
    layOutJson(header, outline, [{ text: 'header ', tone: 'dim' }])
    if (claims === undefined) outline.line([{ text: 'claims are encrypted (RFC 7516)', tone: 'dim' }])
    else {
      layOutJson(claims, outline, [{ text: 'claims ', tone: 'dim' }])
      for (const text of datesOf(claims, now)) outline.line([{ text, tone: 'dim' }])
      outline.line([{ text: signatureWords(header, signatureBytes), tone: 'dim' }])
    }
    outline.close(undefined, '')
  }
  return outline.finish()
}

const timeClaims = { iat: 'issued at', nbf: 'not before', auth_time: 'authenticated at', exp: 'expires at' } as const

/** NumericDate claims (RFC 7519 2) in UTC. */
function datesOf(claims: string, now: number | undefined): readonly string[] {
  const members = jsonMembers(claims)
  return Object.entries(timeClaims).flatMap(([name, words]) => {
    const at = Number(members?.get(name) ?? Number.NaN) * 1000
    if (!(Math.abs(at) < 8.64e15)) return []
    const expired = name === 'exp' && now !== undefined && at <= now ? ', which has passed' : ''
    return [`${name}: ${words} ${new Date(at).toISOString().replace('.000Z', 'Z')}${expired}`]
  })
}

function signatureWords(header: string, bytes: number): string {
  const algorithm = unescapeJson(jsonMembers(header)?.get('alg') ?? '') ?? 'unknown'
  return bytes === 0 ? `no signature (alg ${algorithm})` : `signature: ${bytes} bytes, ${algorithm}, not verified`
}

/** The JSON Web Tokens in a body; undefined where there are none. */
export const renderJwt: Render = (input, { maxLines }) => {
  const tokens = findTokens(textOf(input))
  return tokens.length > 0 ? tokenLines(tokens, maxLines) : undefined
}
