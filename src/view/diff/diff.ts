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
  const kept = a.length + b.length <= mostLines ? keptPairs(a, b, mostEdits) : undefined
  const out = new DiffWriter(left, right)
  out.same(start)
  for (const [x, y] of kept ?? []) {
    out.upTo(start + x, start + y)
    out.same(1)
  }
  out.upTo(left.length - end, right.length - end)
  out.same(end)
  return out.lines
}

class DiffWriter {
  readonly lines: DiffLine[] = []
  readonly #left: readonly string[]
  readonly #right: readonly string[]
  #x = 0
  #y = 0

  constructor(left: readonly string[], right: readonly string[]) {
    this.#left = left
    this.#right = right
  }

  same(count: number): void {
    for (let i = 0; i < count; i++)
      this.lines.push({ mark: '=', text: this.#left[this.#x++]!, left: this.#x, right: ++this.#y })
  }

  /** All lines before these places are on one side alone. */
  upTo(x: number, y: number): void {
    while (this.#x < x) this.lines.push({ mark: '-', text: this.#left[this.#x++]!, left: this.#x })
    while (this.#y < y) this.lines.push({ mark: '+', text: this.#right[this.#y++]!, right: this.#y })
  }
}

/** Pairs of places that stay, in order; undefined where more than `mostEdits` lines change. */
function keptPairs(
  a: readonly string[],
  b: readonly string[],
  mostEdits: number,
): readonly (readonly [number, number])[] | undefined {
  const most = Math.min(mostEdits, a.length + b.length)
  // furthest[k + most]: how far into `a` the best path on diagonal k = x - y has come.
  const furthest = new Int32Array(2 * most + 3)
  const trace: Int32Array[] = []
  for (let edits = 0; edits <= most; edits++) {
    trace.push(furthest.slice(most - edits, most + edits + 3))
    for (let k = -edits; k <= edits; k += 2) {
      const at = k + most + 1
      const down = k === -edits || (k !== edits && furthest[at - 1]! < furthest[at + 1]!)
      let x = down ? furthest[at + 1]! : furthest[at - 1]! + 1
      let y = x - k
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x++
        y++
      }
      furthest[at] = x
      if (x >= a.length && y >= b.length) return backtrack(trace, a.length, b.length)
    }
  }
  return undefined
}

/** `trace[d]` holds what was known before step d of diagonals -d-1 to d+1. */
function backtrack(trace: readonly Int32Array[], endX: number, endY: number): readonly (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = []
  let [x, y] = [endX, endY]
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const before = trace[edits]!
    const k = x - y
    const at = k + edits + 1
    const down = k === -edits || (k !== edits && before[at - 1]! < before[at + 1]!)
    const fromX = edits === 0 ? 0 : down ? before[at + 1]! : before[at - 1]!
    const fromY = edits === 0 ? 0 : fromX - (down ? k + 1 : k - 1)
    while (x > fromX && y > fromY) pairs.push([--x, --y])
    ;[x, y] = [fromX, fromY]
  }
  return pairs.reverse()
}
