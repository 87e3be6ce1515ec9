import { compareLegs, type LegPair } from '../compare/compare.ts'
import { explainFailure } from '../compare/explain-failure.ts'
import type { Exchange } from '../model/exchange.ts'
import { hostAndPort } from '../model/host-and-port.ts'
import type { Problem } from '../model/problem.ts'
import { legsOf } from './flow-line.ts'
import { printable } from './printable.ts'
import { printableComparison, printableProblem } from './printable-comparison.ts'
import { connectionTable } from './side-by-side.ts'
import { paint, type Style } from './style.ts'
import { comparisonLines, problemLines, verdictLines } from './trace/comparison-lines.ts'
import { type Bodies, httpLines } from './trace/http-lines.ts'
import { tableLines } from './trace/table-lines.ts'

const least = 40

/**
 * A connection told as text: both legs side by side (one below the other under 100 columns), their comparison, the
 * verdict, what --insecure allowed, what went wrong, and the exchange as `curl -v` would print it. Every line is safe for a terminal.
 */
export function traceText(
  pair: LegPair,
  exchange: Exchange | undefined,
  bodies: Bodies,
  columns: number,
  style: Style,
): string[] {
  const room = Math.max(least, columns)
  const raw = compareLegs(pair)
  const comparison = printableComparison(raw)
  const problems = explainFailure(pair.connection, pair.client, pair.upstream).map(printableProblem)
  const tolerated = pair.connection.tolerated ? [withoutRemedy(printableProblem(pair.connection.tolerated))] : []
  return [
    title(pair, style),
    '',
    ...tableLines(connectionTable(pair, raw), room, style),
    ...section('COMPARISON', comparisonLines(comparison, room, style), style),
    ...section('VERDICT', verdictLines(comparison.verdict, room, style), style),
    ...section('TOLERATED', problemLines(tolerated, room, style), style),
    ...section('PROBLEMS', problemLines(problems, room, style), style),
    ...section('EXCHANGE', exchange ? httpLines(exchange, bodies, style) : [], style),
  ]
}

const withoutRemedy = ({ remedy: _, ...problem }: Problem): Problem => problem // to tolerate it was the remedy

function title({ connection }: LegPair, style: Style): string {
  const { id, target, serverName } = connection
  const where = target ? hostAndPort(target) : (serverName ?? '')
  return paint(`c${id}  ${printable(where)}  ${legsOf(connection)}`, 'bold', style)
}

const section = (title: string, lines: readonly string[], style: Style): string[] =>
  lines.length > 0 ? ['', paint(title, 'bold', style), ...lines] : []
