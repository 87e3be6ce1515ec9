import { jsonText } from '../printable.ts'

/** A list whose values are made one by one, as they are written: all of them at once may be more than a text can hold. */
export type Stream = Iterable<unknown> & object

export const isStream = (value: unknown): value is Stream =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Symbol.iterator in value

export function* streamOf<T>(values: Iterable<T>, make: (value: T) => unknown): Generator<unknown> {
  for (const value of values) yield make(value)
}

/** What `jsonText` makes of a value, in pieces, with its streams as lists; no array holds one. */
export function* jsonPieces(value: unknown): Generator<string> {
  let before = ''
  if (isStream(value)) {
    yield '['
    for (const each of value) {
      yield before
      yield* jsonPieces(each)
      before = ','
    }
    yield ']'
  } else if (typeof value === 'object' && value !== null && Object.values(value).some(isStream)) {
    yield '{'
    for (const [name, member] of Object.entries(value)) {
      yield `${before}${jsonText(name)}:`
      yield* jsonPieces(member)
      before = ','
    }
    yield '}'
  } else yield jsonText(value)
}
