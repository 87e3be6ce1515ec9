import { compareLegs, type LegPair } from '../../compare/compare.ts'
import { hostAndPort } from '../../model/host-and-port.ts'
import type { Problem } from '../../model/problem.ts'
import { explainFailure } from '../../problem/explain.ts'
import { connectionTable } from '../handshake/side-by-side.ts'
import type { ExchangeWithContent } from '../json/exchange-json.ts'
import { printable } from '../printable.ts'
import { printableComparison, printableProblem } from '../printable-comparison.ts'
import { paint, type Style } from '../style.ts'
import { comparisonLines, problemLines, verdictLines } from './comparison-lines.ts'
import { legsOf } from './flow-line.ts'
import { type FrameLog, frameLines } from './frame-lines.ts'
import { httpLines } from './http-lines.ts'
import { tableLines } from './table-lines.ts'

const least = 40

export interface TraceTextOptions {
  readonly exchanges?: readonly ExchangeWithContent[]
  /** Of the connection; there may be more than `exchanges` has. */
  readonly exchangeCount?: number
  /** Of HTTP/2. */
  readonly frames?: FrameLog
  readonly columns: number
  readonly style: Style
}

/**
 * A connection told as text: the verdict, what went wrong, what --insecure allowed, both legs side by side (one below the
 * other under 100 columns), their comparison, the exchanges as `curl -v` would print them, and HTTP/2's frames.
 * Every line is safe for a terminal.
 */
export function traceText(pair: LegPair, options: TraceTextOptions): string[] {
  const { exchanges = [], exchangeCount = exchanges.length, frames, columns, style } = options
  const room = Math.max(least, columns)
  const raw = compareLegs(pair)
  const comparison = printableComparison(raw)
  const problems = explainFailure(pair.connection, pair.client, pair.upstream).map(printableProblem)
  const tolerated = pair.connection.tolerated ? [withoutRemedy(printableProblem(pair.connection.tolerated))] : []
  return [
    title(pair, style),
    ...section('VERDICT', verdictLines(comparison.verdict, room, style), style),
    ...section('PROBLEMS', problemLines(problems, room, style), style),
    ...section('TOLERATED', problemLines(tolerated, room, style), style),
    '',
    ...tableLines(connectionTable(pair, raw), room, style),
    ...section('COMPARISON', comparisonLines(comparison, room, style), style),
    ...exchanges.flatMap((one, i) => section(exchangeTitle(i, exchangeCount), httpLines(one, style), style)),
    ...(exchangeCount > exchanges.length ? ['', `… ${exchangeCount - exchanges.length} more exchanges`] : []),
    ...section(framesTitle(pair), frames ? frameLines(frames, pair.connection.openedAt, room, style) : [], style),
  ]
}

/** An error page of Parley's own passes on one leg alone. */
function framesTitle({ connection, upstream }: LegPair): string {
  const both = connection.upstream?.connectedAt !== undefined && upstream?.outcome !== 'failed'
  return `HTTP/2 FRAMES, ${both ? 'the same on both legs' : 'of the client leg'}`
}

const exchangeTitle = (index: number, count: number): string =>
  count > 1 ? `EXCHANGE ${index + 1} of ${count}` : 'EXCHANGE'

const withoutRemedy = ({ remedy: _, ...problem }: Problem): Problem => problem // to tolerate it was the remedy

function title({ connection }: LegPair, style: Style): string {
  const { id, target, serverName } = connection
  const where = target ? hostAndPort(target) : (serverName ?? '')
  return paint(`c${id}  ${printable(where)}  ${legsOf(connection)}`, 'bold', style)
}

const section = (title: string, lines: readonly string[], style: Style): string[] =>
  lines.length > 0 ? ['', paint(title, 'bold', style), ...lines] : []
