import type { Header } from '../../../../model/exchange.ts'

/** Tells where fields stand in a list; -1 where they do not. */
export interface FieldFinder {
  /** The first of this name and value from `from` on, else the first of all. */
  line(header: Header, from?: number): number
  /** The first of this name. */
  name(name: string): number
}

const few = 64 // that are looked through sooner than put in order

/** A head may have thousands of fields, all of them changed: then each is looked up. */
export const finderIn = (fields: readonly Header[]): FieldFinder =>
  fields.length > few ? ordered(fields) : plain(fields)

const plain = (fields: readonly Header[]): FieldFinder => ({
  line([name, value], from = 0) {
    for (let i = 0; i < fields.length; i++) {
      const at = (from + i) % fields.length
      const field = fields[at]!
      if (field[0] === name && field[1] === value) return at
    }
    return -1
  },
  name: name => fields.findIndex(field => field[0] === name),
})

function ordered(fields: readonly Header[]): FieldFinder {
  const lines = new Map<string, number[]>()
  const names = new Map<string, number>()
  for (const [at, field] of fields.entries()) {
    const places = lines.get(textOf(field))
    if (places) places.push(at)
    else lines.set(textOf(field), [at])
    if (!names.has(field[0])) names.set(field[0], at)
  }
  return {
    line(header, from = 0) {
      const places = lines.get(textOf(header))
      return places ? (places[firstFrom(places, from)] ?? places[0]!) : -1
    },
    name: name => names.get(name) ?? -1,
  }
}

const textOf = ([name, value]: Header): string => `${name}\0${value}`

/** The index of the first place from `from` on, by halving; the length where there is none. */
function firstFrom(places: readonly number[], from: number): number {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (places[middle]! < from) low = middle + 1
    else high = middle
  }
  return low
}
