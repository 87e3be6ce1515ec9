import type { ComparisonRow } from '../../compare/comparison.ts'
import type { Exchange, Side } from '../../model/exchange.ts'
import { formatBytes } from '../format.ts'
import type { DiffLine } from './diff.ts'
import { flowRow } from './flow-row.ts'

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
