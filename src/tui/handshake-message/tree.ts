import type { DetailLine } from '../../view/handshake/message-detail.ts'

/** A line of the tree that is not folded away. `index` counts in the whole tree. */
export interface TreeRow {
  readonly index: number
  readonly line: DetailLine
  readonly folding: 'open' | 'folded' | 'leaf'
}

const alwaysOpen =
  /^[^/]+$|\/(extensions|certificate_list|Content|Field Block Fragment)$|\/certificate_list\/certificate_entry$/

const hasChildren = (lines: readonly DetailLine[], index: number): boolean =>
  (lines[index + 1]?.indent ?? -1) > lines[index]!.indent

/** Whether a line is folded: at first, all but the message itself and its lists of extensions and certificates. */
export const isFolded = (lines: readonly DetailLine[], index: number, toggled: ReadonlySet<number>): boolean =>
  hasChildren(lines, index) && !alwaysOpen.test(lines[index]!.key) !== toggled.has(index)

export function treeRows(lines: readonly DetailLine[], toggled: ReadonlySet<number>): TreeRow[] {
  const rows: TreeRow[] = []
  let hidden = Number.POSITIVE_INFINITY
  for (const [index, line] of lines.entries()) {
    if (line.indent > hidden) continue
    const folded = isFolded(lines, index, toggled)
    hidden = folded ? line.indent : Number.POSITIVE_INFINITY
    rows.push({ index, line, folding: folded ? 'folded' : hasChildren(lines, index) ? 'open' : 'leaf' })
  }
  return rows
}

export function parentOf(lines: readonly DetailLine[], index: number): number | undefined {
  const { indent } = lines[index]!
  for (let i = index - 1; i >= 0; i--) if (lines[i]!.indent < indent) return i
  return undefined
}

/** Opens whatever a line is folded away in. */
export function withParentsOpen(
  lines: readonly DetailLine[],
  index: number,
  toggled: ReadonlySet<number>,
): ReadonlySet<number> {
  const next = new Set(toggled)
  for (let i = parentOf(lines, index); i !== undefined; i = parentOf(lines, i))
    if (isFolded(lines, i, next)) flip(next, i)
  return next
}

/** The set with the member, or without it where it was in. */
export function toggle<T>(toggled: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const next = new Set(toggled)
  flip(next, member)
  return next
}

function flip<T>(set: Set<T>, member: T): void {
  if (!set.delete(member)) set.add(member)
}
