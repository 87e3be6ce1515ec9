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
  readonly exchanges?: Iterable<ExchangeWithContent>
  /** Of the connection; there may be more than `exchanges` has. */
  readonly exchangeCount?: number
  /** Of HTTP/2. */
  readonly frames?: FrameLog
  readonly columns: number
  readonly style: Style
}

/**
 * A connection told as lines of text: the verdict, what went wrong, what --insecure allowed, both legs side by side (one
 * below the other under 100 columns), their comparison, the exchanges as `curl -v` would print them, and HTTP/2's frames.
 * Every line is safe for a terminal.
 */
export function* traceLines(pair: LegPair, options: TraceTextOptions): Generator<string> {
  const { exchanges = [], exchangeCount = 0, frames, columns, style } = options
  const room = Math.max(least, columns)
  const raw = compareLegs(pair)
  const comparison = printableComparison(raw)
  const problems = explainFailure(pair.connection, pair.client, pair.upstream).map(printableProblem)
  const tolerated = pair.connection.tolerated ? [withoutRemedy(printableProblem(pair.connection.tolerated))] : []
  yield title(pair, style)
  yield* section('VERDICT', verdictLines(comparison.verdict, room, style), style)
  yield* section('PROBLEMS', problemLines(problems, room, style), style)
  yield* section('TOLERATED', problemLines(tolerated, room, style), style)
  yield ''
  yield* tableLines(connectionTable(pair, raw), room, style)
  yield* section('COMPARISON', comparisonLines(comparison, room, style), style)
  let told = 0
  for (const one of exchanges) yield* section(exchangeTitle(told++, exchangeCount), httpLines(one, style), style)
  if (exchangeCount > told) yield* ['', `… ${exchangeCount - told} more exchanges`]
  if (frames) yield* section(framesTitle(pair), frameLines(frames, pair.connection.openedAt, room, style), style)
}

/** An error page of Parley's own passes on one leg alone, and what rules or scripts change is not the same on the other. */
function framesTitle({ connection, upstream }: LegPair): string {
  if (connection.sniffed) return 'HTTP/2 FRAMES'
  const isAsked = connection.upstream?.connectedAt !== undefined && upstream?.outcome !== 'failed'
  const both = isAsked && connection.treatment !== 'rewrite'
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

function* section(title: string, lines: Iterable<string>, style: Style): Generator<string> {
  let empty = true
  for (const line of lines) {
    if (empty) yield* ['', paint(title, 'bold', style)]
    empty = false
    yield line
  }
}
