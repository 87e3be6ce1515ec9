import type { Comparison, ComparisonRow, Verdict } from '../../compare/compare.ts'
import type { Problem } from '../../model/problem.ts'
import { sayBlame } from '../../problem/problem.ts'
import { markTone, paint, type Style, type Tone } from '../style.ts'
import { pad, truncate, wrap } from '../width.ts'

const labelColumns = 30
const indent = '    '

/** The comparison as lines: mark, label and the two values, with the reason below where they differ. Takes printable texts. */
export const comparisonLines = ({ rows }: Pick<Comparison, 'rows'>, columns: number, style: Style): string[] =>
  rows.flatMap((row, i) => [
    ...valueLines(row, columns, style),
    ...(row.why === rows[i - 1]?.why ? [] : whyLines(row, columns, style)), // the reason above holds on
  ])

function valueLines({ label, client, upstream, mark }: ComparisonRow, columns: number, style: Style): string[] {
  const painted = `${paint(mark, markTone(mark), style)} ${pad(label, labelColumns)}`
  const room = columns - labelColumns - 4
  if (client === upstream) return [`${painted}  ${truncate(client, room)}`]
  const half = Math.floor((room - 3) / 2)
  if (client.length <= half && upstream.length <= half) return [`${painted}  ${pad(client, half)} │ ${upstream}`]
  const below = ' '.repeat(labelColumns + 2)
  return [`${painted}  ${truncate(client, room)}`, `${below}│ ${truncate(upstream, room)}`]
}

const whyLines = ({ why, mark }: ComparisonRow, columns: number, style: Style): string[] =>
  why === undefined || mark === '='
    ? []
    : wrap(why, columns - indent.length).map(line => indent + paint(line, 'dim', style))

const answerTone: Readonly<Record<Verdict['agreed'], Tone>> = { yes: 'good', no: 'bad', unknown: 'warn' }

/** The verdict, and what a browser and OpenSSL would have said. */
export function verdictLines({ agreed, sentence, reasons }: Verdict, columns: number, style: Style): string[] {
  const [first = '', ...rest] = wrap(`Would client and server have agreed without the proxy? ${sentence}`, columns)
  const doubts = reasons.filter(({ standing }) => standing !== 'fits')
  const details = doubts.flatMap(({ aspect, sentence: reason, asBrowser, asOpenssl }) => {
    const said = [asBrowser && `Chromium: ${asBrowser}`, asOpenssl && `OpenSSL: ${asOpenssl}`].filter(Boolean)
    const lines = [...(sentence.includes(reason) ? [] : [`${aspect}: ${reason}`]), ...said]
    return lines.flatMap(text => wrap(text as string, columns - indent.length).map(line => indent + line))
  })
  return [paint(first, answerTone[agreed], style), ...rest, ...details]
}

/** What went wrong, who is to blame, and the fix. */
export const problemLines = (problems: readonly Problem[], columns: number, style: Style): string[] =>
  problems.flatMap(({ code, blame, message, remedy }) => [
    ...wrap(`✗ ${code} (${sayBlame(blame)}): ${message}`, columns).map(line => paint(line, 'bad', style)),
    ...(remedy === undefined ? [] : wrap(remedy, columns - indent.length).map(line => indent + line)),
  ])
