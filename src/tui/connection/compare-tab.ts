import type { Comparison, ComparisonRow, Verdict } from '../../compare/compare.ts'
import type { OfferedList } from '../../compare/offered-lists.ts'
import type { Problem } from '../../model/problem.ts'
import { sayBlame } from '../../problem/problem.ts'
import { markTone } from '../../view/style.ts'
import { blank, fill, type Line, line, prose, proseOf, span, type Tone } from '../line.ts'

const mostValueLines = 6

/** The verdict, what went wrong, and the two legs aspect by aspect, each difference with its reason. */
export function compareLines(
  comparison: Comparison,
  problems: readonly Problem[],
  columns: number,
  tolerated?: Problem,
): readonly Line[] {
  return [
    ...verdictLines(comparison.verdict, columns),
    ...(tolerated
      ? [
          blank,
          ...prose(`tolerated: ${tolerated.message} (--insecure)`, columns - 2).map(text =>
            line(span(` ${text}`, 'warn')),
          ),
        ]
      : []),
    ...problemLines(problems, columns),
    blank,
    ...aspectTable(comparison.rows, ['client leg', 'upstream leg'], columns),
  ]
}

/** What both hellos offer, a name a line; what one side alone has stands out. */
export const listLines = (lists: readonly OfferedList[], columns: number): readonly Line[] =>
  lists.flatMap(({ label, client, upstream }) => {
    const half = Math.floor((columns - 5) / 2)
    const cell = (name: string | undefined, other: readonly string[]): Line =>
      fill(
        line(
          span(name === undefined ? '' : `  ${name}`, name !== undefined && !other.includes(name) ? 'warn' : undefined),
        ),
        half,
      )
    return [
      blank,
      line(span(` ${label}`, 'bold'), span(`  ${client.length} │ ${upstream.length}`, 'dim')),
      ...Array.from({ length: Math.max(client.length, upstream.length) }, (_, i) => [
        ...cell(client[i], upstream),
        span(' │ ', 'dim'),
        ...cell(upstream[i], client),
      ]),
    ]
  })

/** Two sides aspect by aspect, under their titles. */
export function aspectTable(
  rows: readonly ComparisonRow[],
  [left, right]: readonly [left: string, right: string],
  columns: number,
): readonly Line[] {
  const label = Math.max(14, Math.min(28, Math.floor(columns * 0.22)))
  const value = Math.floor((columns - label - 8) / 2)
  const head = [fill(line('   aspect'), label + 3), fill(line(left), value), fill(line(`  ${right}`), value)]
  return [
    head.flat().map(({ text }) => span(text, 'dim')),
    ...rows.flatMap((row, i) => aspectLines(row, label, value, columns, row.why === rows[i - 1]?.why)),
  ]
}

const answers: Readonly<Record<Verdict['agreed'], Tone>> = { yes: 'good', no: 'bad', unknown: 'warn' }
const standings = { fits: ['✓', 'good'], 'may-fail': ['?', 'warn'], fails: ['✗', 'bad'] } as const

function verdictLines({ agreed, sentence, reasons }: Verdict, columns: number): readonly Line[] {
  return [
    line(' Would client and server have agreed without Parley?  ', span(agreed, answers[agreed])),
    ...prose(sentence, columns - 4).map(text => line('   ', text)),
    ...reasons.flatMap(({ standing, sentence: why, asBrowser, asOpenssl }) => {
      const [mark, tone] = standings[standing]
      const said = [asBrowser && `Chromium: ${asBrowser}`, asOpenssl && `OpenSSL: ${asOpenssl}`]
        .filter(Boolean)
        .join(', ')
      const lines = prose(said ? `${why} (${said})` : why, columns - 6)
      return lines.map((text, i) => line(span(i === 0 ? `   ${mark} ` : '     ', tone), span(text, 'dim')))
    }),
  ]
}

export const problemLines = (problems: readonly Problem[], columns: number): readonly Line[] =>
  problems.flatMap(({ code, blame, message, remedy }) => [
    blank,
    line(
      span(' ✗ ', 'bad'),
      span(code, 'bad'),
      span(`  the ${blame === 'parley' ? 'proxy' : sayBlame(blame)}’s side`, 'dim'),
    ),
    ...prose(message, columns - 4).map(text => line('   ', text)),
    ...(remedy === undefined ? [] : prose(`→ ${remedy}`, columns - 4).map(text => line('   ', span(text, 'accent')))),
  ])

/** `told`: the row above gave the reason already. */
function aspectLines(
  row: ComparisonRow,
  label: number,
  value: number,
  columns: number,
  told: boolean,
): readonly Line[] {
  const names = prose(row.label, label - 1)
  const ours = proseOf(row.client, value - 1, mostValueLines)
  const theirs = proseOf(row.upstream, value - 1, mostValueLines)
  const tone = row.mark === '=' ? undefined : markTone(row.mark)
  const height = Math.max(names.length, ours.length, theirs.length)
  const lines = Array.from({ length: height }, (_, i) => [
    span(i === 0 ? ` ${row.mark} ` : '   ', markTone(row.mark)),
    ...fill(line(span(names[i] ?? '', row.mark === '=' ? 'dim' : 'bold')), label),
    ...fill(line(span(ours[i] ?? '', tone)), value),
    span('│ ', 'dim'),
    ...fill(line(span(theirs[i] ?? '', tone)), value),
  ])
  if (row.why === undefined || row.mark === '=' || told) return lines
  const why = prose(row.why, columns - label - 5).map(text => line(' '.repeat(label + 3), span(text, 'dim')))
  return [...lines, ...why]
}
