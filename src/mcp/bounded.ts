/** A value that fits, and whether anything was left out of it. */
export interface Bounded {
  readonly value: unknown
  readonly cut: boolean
}

interface Limits {
  /** Characters of a text. */
  readonly text: number
  /** Members of a list. */
  readonly list: number
}

/** From generous to the least that says anything; all of them bound depth as well. */
const steps: readonly Limits[] = [
  { text: 16_384, list: 200 },
  { text: 4096, list: 100 },
  { text: 1024, list: 50 },
  { text: 256, list: 20 },
  { text: 80, list: 8 },
]
const deepest = 40

/**
 * JSON that is no longer than `most` characters: long texts and lists are cut, and say how much is missing. What does not
 * fit even so becomes a text that says that.
 */
export function bounded(value: unknown, most: number): Bounded {
  for (const limits of steps) {
    const state = { cut: false }
    const fitting = cutTo(value, limits, deepest, state)
    if (JSON.stringify(fitting).length <= most) return { value: fitting, cut: state.cut }
  }
  return { value: 'too much to show: ask for less', cut: true }
}

function cutTo(value: unknown, limits: Limits, depth: number, state: { cut: boolean }): unknown {
  const cut = (instead: unknown): unknown => {
    state.cut = true
    return instead
  }
  if (typeof value === 'string')
    return value.length <= limits.text
      ? value
      : cut(`${value.slice(0, limits.text)}… (${value.length - limits.text} more characters)`)
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return cut('… (deeper than is shown)')
  if (Array.isArray(value)) {
    const shown = value.slice(0, limits.list).map(each => cutTo(each, limits, depth - 1, state))
    return value.length <= limits.list ? shown : cut([...shown, `… (${value.length - limits.list} more)`])
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, cutTo(member, limits, depth - 1, state)]),
  )
}
