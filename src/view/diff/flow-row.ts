import { type ComparisonRow, nothing } from '../../compare/comparison.ts'

/** The row of an aspect of two flows, or none where both are silent. `why` is said where both speak and differ. */
export function flowRow(
  aspect: string,
  label: string,
  left: string | undefined,
  right: string | undefined,
  why?: string,
): readonly ComparisonRow[] {
  if (left === undefined && right === undefined) return []
  const row = { aspect, label, client: left ?? nothing, upstream: right ?? nothing }
  if (left === right) return [{ ...row, mark: '=' }]
  if (left === undefined) return [{ ...row, mark: '≠', why: 'Only the right flow has it.' }]
  if (right === undefined) return [{ ...row, mark: '≠', why: 'Only the left flow has it.' }]
  return [{ ...row, mark: '≠', ...(why !== undefined && { why }) }]
}
