import { type ComparisonRow, nothing } from '../../compare/comparison.ts'
import type { Connection } from '../../model/connection.ts'
import type { Exchange, Side } from '../../model/exchange.ts'
import { formatBytes } from '../format.ts'
import { printable } from '../printable.ts'
import { type DiffLine, diffLines } from './diff.ts'
import { flowRow } from './flow-row.ts'
import { cookieRows, headerRows } from './header-rows.ts'
import { startRows } from './start-rows.ts'
import { timingRows } from './timing-rows.ts'
import { tlsRows } from './tls-rows.ts'

/** A flow as it goes into a comparison. */
export interface DiffSide {
  readonly exchange: Exchange
  readonly connection?: Connection
  /** Lines of the bodies as shown, decoded and pretty: `showBody(…).lines.map(indented)`. */
  readonly request?: readonly string[]
  readonly response?: readonly string[]
}

export interface FlowDiff {
  /** The rows of the handshake comparison's widget: `client` is the left flow, `upstream` the right one. Printable. */
  readonly rows: readonly ComparisonRow[]
  /** The bodies line by line; empty where neither flow has one. */
  readonly request: readonly DiffLine[]
  readonly response: readonly DiffLine[]
}

/** Two flows, aspect by aspect, and their bodies, line by line. */
export function diffFlows(left: DiffSide, right: DiffSide): FlowDiff {
  const bodies = {
    request: diffLines(left.request ?? [], right.request ?? []),
    response: diffLines(left.response ?? [], right.response ?? []),
  }
  const rowsOf = (side: Side) => [
    ...headerRows(left.exchange, right.exchange, side),
    ...cookieRows(left.exchange, right.exchange, side),
    ...bodyRow(left.exchange, right.exchange, side, bodies[side]),
  ]
  const rows = [
    ...startRows(left.exchange, right.exchange),
    ...rowsOf('request'),
    ...rowsOf('response'),
    ...timingRows(left.exchange, right.exchange),
    ...tlsRows(left.connection, right.connection),
  ]
  return { rows: rows.map(safe), ...bodies }
}

const safe = (row: ComparisonRow): ComparisonRow => ({
  ...row,
  label: printable(row.label),
  client: row.client === '' ? nothing : printable(row.client),
  upstream: row.upstream === '' ? nothing : printable(row.upstream),
  ...(row.why !== undefined && { why: printable(row.why) }),
})

/** The bodies of one side in a row: how long they are, and how many of their lines, as shown, differ. */
export function bodyRow(
  left: Exchange,
  right: Exchange,
  side: Side,
  lines: readonly DiffLine[],
): readonly ComparisonRow[] {
  const [ours, theirs] = [sizeOf(left, side), sizeOf(right, side)]
  const label = side === 'request' ? 'Request body' : 'Response body'
  const [removed, added] = [count(lines, '-'), count(lines, '+')]
  if (removed + added === 0)
    return flowRow(`${side}-body`, label, ours, theirs, lines.length > 0 ? 'The lines shown are the same.' : undefined)
  const [row] = flowRow(`${side}-body`, label, ours, theirs)
  return row
    ? [{ ...row, mark: '≠', why: `${removed} lines only left, ${added} only right, ${count(lines, '=')} the same.` }]
    : []
}

const count = (lines: readonly DiffLine[], mark: DiffLine['mark']): number =>
  lines.reduce((sum, line) => (line.mark === mark ? sum + 1 : sum), 0)

function sizeOf(exchange: Exchange, side: Side): string | undefined {
  const bytes = exchange[side]?.bodyBytes ?? 0
  return bytes > 0 ? formatBytes(bytes) : undefined
}
