import type { Bound, Range, RangeName } from './ast.ts'

const kib = 1024
const units: Readonly<Record<RangeName, Readonly<Record<string, number>>>> = {
  c: { '': 1 },
  conn: { '': 1 },
  size: { '': 1, b: 1, k: kib, kb: kib, m: kib ** 2, mb: kib ** 2, g: kib ** 3, gb: kib ** 3 },
  dur: { '': 1, ms: 1, s: 1000, m: 60_000, us: 0.001 },
}

/** What a range of this name may look like, for error messages. */
export const rangeForms: Readonly<Record<RangeName, string>> = {
  c: 'a status such as 404, 4xx, 400-499 or >=400',
  conn: 'a connection such as c12, 12 or 3-9',
  size: 'a size such as >1m, 10k-20k or 512',
  dur: 'a duration such as >500ms, 1s-5s or <20ms',
}

/** Reads `404`, `4xx` (status only), `400-499`, `>400`, `>=400`, `<500`, `<=500`, numbers with a unit; undefined where it is none. */
export function parseRange(name: RangeName, text: string): Range | undefined {
  const number = (part: string): number | undefined => {
    const match = /^(\d+(?:\.\d+)?)([a-z]*)$/i.exec(name === 'conn' ? part.replace(/^c/i, '') : part)
    const unit = match && units[name][match[2]!.toLowerCase()]
    const value = unit && Number(match[1]) * unit
    return value === undefined || value === null || !Number.isFinite(value) ? undefined : value
  }
  const hundred = name === 'c' && /^([1-9])xx$/i.exec(text)
  if (hundred) return between(Number(hundred[1]) * 100, Number(hundred[1]) * 100 + 99)
  const compared = /^([<>])(=?)(.*)$/.exec(text)
  if (compared) {
    const value = number(compared[3]!)
    if (value === undefined) return undefined
    const bound: Bound = { value, open: compared[2] === '' }
    return compared[1] === '>' ? { from: bound } : { to: bound }
  }
  const [low, high, more] = text.split('-')
  const from = number(low!)
  const to = high === undefined ? from : number(high)
  return from === undefined || to === undefined || more !== undefined || from > to ? undefined : between(from, to)
}

const between = (from: number, to: number): Range => ({
  from: { value: from, open: false },
  to: { value: to, open: false },
})
