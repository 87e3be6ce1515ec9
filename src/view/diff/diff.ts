import { diffArrays } from 'diff/lib/diff/array.js'

/** One line of a comparison of two texts; line numbers from 1, each present where the line stands on that side. */
export interface DiffLine {
  readonly mark: '=' | '-' | '+'
  readonly text: string
  readonly left?: number
  readonly right?: number
}

export interface DiffLimits {
  /** Texts of more lines, both together, are not searched for what moved. */
  readonly mostLines: number
  /** Texts that differ in more lines than this are not either: the work grows with its square. */
  readonly mostEdits: number
}

const defaults: DiffLimits = { mostLines: 40_000, mostEdits: 1000 }

/**
 * The lines of two texts beside each other, with as few changes as possible (Myers 1986). Over the limits, what stands
 * between the common beginning and the common end is all left, then all right.
 */
export function diffLines(
  left: readonly string[],
  right: readonly string[],
  limits: Partial<DiffLimits> = {},
): readonly DiffLine[] {
  const { mostLines, mostEdits } = { ...defaults, ...limits }
  const shorter = Math.min(left.length, right.length)
  let start = 0
  while (start < shorter && left[start] === right[start]) start++
  let end = 0
  while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end++
  const a = left.slice(start, left.length - end)
  const b = right.slice(start, right.length - end)
  const few = a.length + b.length <= mostLines
  const changes = (few && diffArrays(a, b, { maxEditLength: mostEdits })) || [
    { value: a, removed: true, added: false },
    { value: b, removed: false, added: true },
  ]
  const same = (value: string[]) => ({ value, removed: false, added: false })
  return numbered([same(left.slice(0, start)), ...changes, same(left.slice(left.length - end))])
}

function numbered(
  changes: readonly { readonly value: string[]; readonly removed: boolean; readonly added: boolean }[],
): readonly DiffLine[] {
  let [x, y] = [0, 0]
  return changes.flatMap(({ value, removed, added }) =>
    value.map((text): DiffLine => {
      if (removed) return { mark: '-', text, left: ++x }
      return added ? { mark: '+', text, right: ++y } : { mark: '=', text, left: ++x, right: ++y }
    }),
  )
}
