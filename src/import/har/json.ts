import type { Header } from '../../model/exchange.ts'

/** A value of JSON that nobody has checked. */
export type Unchecked = unknown

type Members = Readonly<Record<string, Unchecked>>

/** The members of an object; none of anything else. */
export const membersOf = (value: Unchecked): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {}

export const listOf = (value: Unchecked): readonly Unchecked[] => (Array.isArray(value) ? value : [])

export const textOf = (value: Unchecked): string => (typeof value === 'string' ? value : '')

export const numberOf = (value: Unchecked): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

const longest = 100 * 24 * 60 * 60 * 1000 // ms: what took longer is no timing of an exchange

/** Of timings: what is not known is -1 there. */
export function msOf(value: Unchecked): number {
  const ms = Math.max(0, numberOf(value) ?? 0)
  return ms > longest ? 0 : ms
}

const lastYear = Date.UTC(9999, 11, 31) // ms: dates beyond have no four digits

/** ms since the epoch; 0 where that is no time of a capture. */
export const momentOf = (ms: number): number => (ms >= 0 && ms < lastYear ? ms : 0)

const wide = /[^\0-\xff]/

/** Text as it stood on the wire, one character a byte: what is beyond latin1 was UTF-8. */
export const wireText = (value: Unchecked): string => {
  const text = textOf(value)
  return wide.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text
}

/** Pairs of name and value. */
export const headersOf = (value: Unchecked): readonly Header[] =>
  listOf(value).map(pair => {
    const { name, value: text } = membersOf(pair)
    return [wireText(name), wireText(text)]
  })

/** Bytes of a text that may be in base64. */
export const bytesOf = (text: Unchecked, encoding: Unchecked): Buffer =>
  Buffer.from(textOf(text), encoding === 'base64' ? 'base64' : 'utf8')
