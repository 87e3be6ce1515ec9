import { type Field, hex, MalformedError, type ShowBytes } from '../reader.ts'
import { bigEndian, oidText, readTime, stringTags, textOf } from './der-values.ts'

/** Identifier octets of ASN.1, class and constructed bit included (X.690 8.1.2). */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** The identifier octet of context-specific [number]; `constructed` for EXPLICIT tags and tagged sequences. */
export const context = (number: number, constructed = true): number => (constructed ? 0xa0 : 0x80) | number

interface Header {
  readonly tag: number
  readonly start: number
  readonly body: number
  readonly end: number
}

export interface BitString {
  readonly unused: number
  readonly bytes: Uint8Array
  /** Where `bytes` starts. */
  readonly start: number
}

const identity = (text: string): string => text

/**
 * Reads DER (X.690) values in order and keeps a tree of the fields that it read; every offset counts from the start of
 * the whole input. A value cannot reach past its parent. Lengths are definite and at most four octets long; a length
 * that is longer than it need be is read as it stands. Anything else throws MalformedError.
 */
export class DerReader {
  readonly fields: Field[]
  readonly whole: Uint8Array
  readonly end: number
  readonly #name: string
  #at: number

  constructor(whole: Uint8Array, name: string, start = 0, end = whole.length, fields: Field[] = []) {
    this.whole = whole
    this.end = end
    this.fields = fields
    this.#name = name
    this.#at = start
  }

  get offset(): number {
    return this.#at
  }
  get remaining(): number {
    return this.end - this.#at
  }
  /** The identifier octet of the next value; undefined at the end. */
  get next(): number | undefined {
    return this.remaining > 0 ? this.whole[this.#at] : undefined
  }

  /** A value made of values: `read` must read all of them. `show` says the group in a line. */
  group<T>(tag: number, name: string, read: (inner: DerReader) => T, show?: (value: T) => string): T {
    const { start, body, end } = this.#header(name, tag)
    const children: Field[] = []
    const inner = new DerReader(this.whole, name, body, end, children)
    const field = { name, start, end, shown: '', children }
    this.fields.push(field)
    const value = read(inner)
    inner.finish()
    if (show) field.shown = show(value)
    return value
  }

  sequence<T>(name: string, read: (inner: DerReader) => T, show?: (value: T) => string): T {
    return this.group(tags.sequence, name, read, show)
  }

  /** Reads `read` where the next value has this tag. */
  optional<T>(tag: number, read: (reader: DerReader) => T): T | undefined {
    return this.next === tag ? read(this) : undefined
  }

  /** Reads items until nothing is left. */
  list<T>(read: (reader: DerReader) => T): T[] {
    const items: T[] = []
    while (this.remaining > 0) items.push(read(this))
    return items
  }

  /** The content octets of a value with this tag: a view, not a copy. */
  content(tag: number, name: string, show: ShowBytes = hex): Uint8Array {
    return this.#value(name, tag, header => this.whole.subarray(header.body, header.end), show)
  }

  /** The next value whatever it is, its header included. */
  any(name: string, show: ShowBytes = hex): Uint8Array {
    return this.#value(name, undefined, header => this.whole.subarray(header.start, header.end), show)
  }

  oid(name: string, show: (oid: string) => string = identity, tag: number = tags.oid): string {
    return this.#value(name, tag, h => oidText(this.whole.subarray(h.body, h.end), h.body), show)
  }

  boolean(name: string, tag: number = tags.boolean): boolean {
    return this.#value(name, tag, header => this.whole[this.#sized(header, name, 1, 1)] !== 0)
  }

  /** An INTEGER, ENUMERATED or tagged integer from 0 to 2^48 - 1. */
  number(name: string, show: (value: number) => string = String, tag: number = tags.integer): number {
    const read = (header: Header): number => {
      const bytes = this.whole.subarray(this.#sized(header, name, 1, 7), header.end)
      const value = bigEndian(bytes)
      if (bytes[0]! >= 0x80 || value >= 2 ** 48) throw new MalformedError(header.body, `${name} is out of range`)
      return value
    }
    return this.#value(name, tag, read, show)
  }

  /** An INTEGER of any size: its octets without the zero that only keeps the sign positive. */
  integer(name: string, show: ShowBytes = hex, tag: number = tags.integer): Uint8Array {
    const read = (header: Header): Uint8Array => {
      const bytes = this.whole.subarray(this.#sized(header, name, 1), header.end)
      return bytes.length > 1 && bytes[0] === 0 ? bytes.subarray(1) : bytes
    }
    return this.#value(name, tag, read, show)
  }

  bitString(
    name: string,
    show: (bits: BitString) => string = bits => hex(bits.bytes),
    tag: number = tags.bitString,
  ): BitString {
    const read = (header: Header): BitString => {
      const unused = this.whole[this.#sized(header, name, 1)]!
      if (unused > 7 || (unused > 0 && header.end - header.body < 2))
        throw new MalformedError(header.body, `${name}: ${unused} unused bits`)
      return { unused, bytes: this.whole.subarray(header.body + 1, header.end), start: header.body + 1 }
    }
    return this.#value(name, tag, read, show)
  }

  /** A character string of any kind; `tag` and `as` where an implicit tag hides which. */
  text(name: string, tag?: number, as?: number): string {
    const read = (header: Header): string => {
      const kind = as ?? header.tag
      if (!stringTags.has(kind))
        throw new MalformedError(header.start, `${name}: ${showTag(kind)} is no character string`)
      return textOf(kind, this.whole.subarray(header.body, header.end), header.body)
    }
    return this.#value(name, tag, read, identity)
  }

  /** A UTCTime or GeneralizedTime, in ms since the epoch. */
  time(name: string, tag?: number): number {
    const read = (h: Header): number => readTime(tag ?? h.tag, this.whole.subarray(h.body, h.end), h.start)
    return this.#value(name, tag, read, at => new Date(at).toISOString())
  }

  /** Leaves what is left to another reader; where it ends. */
  skipRest(): number {
    this.#at = this.end
    return this.end
  }

  /** Refuses leftovers. */
  finish(): void {
    if (this.remaining > 0) throw new MalformedError(this.#at, `${this.#name}: ${this.remaining} bytes left over`)
  }

  #value<T>(
    name: string,
    tag: number | undefined,
    read: (header: Header) => T,
    show: (value: T) => string = String,
  ): T {
    const header = this.#header(name, tag)
    const value = read(header)
    this.fields.push({ name, start: header.start, end: header.end, shown: show(value) })
    return value
  }

  /** Where the content starts, once its size is known to be right. */
  #sized({ body, end }: Header, name: string, least: number, most = Number.POSITIVE_INFINITY): number {
    if (end - body < least || end - body > most) throw new MalformedError(body, `${name}: ${end - body} bytes`)
    return body
  }

  #header(name: string, expected?: number): Header {
    const start = this.#at
    const tag = this.#octet(start, name)
    if (expected !== undefined && tag !== expected)
      throw new MalformedError(start, `${this.#name}: ${name} should be ${showTag(expected)} and is ${showTag(tag)}`)
    let at = start + 1
    if ((tag & 0x1f) === 0x1f) while (this.#octet(at++, name) >= 0x80);
    const first = this.#octet(at++, name)
    let length = first
    if (first >= 0x80) {
      const octets = first & 0x7f
      if (octets === 0 || octets > 4) throw new MalformedError(at - 1, `${name}: length octet ${first}`)
      length = 0
      for (let i = 0; i < octets; i++) length = length * 256 + this.#octet(at++, name)
    }
    if (length > this.end - at)
      throw new MalformedError(start, `${this.#name}: ${name} needs ${length} bytes, ${this.end - at} are left`)
    this.#at = at + length
    return { tag, start, body: at, end: this.#at }
  }

  #octet(at: number, name: string): number {
    if (at >= this.end) throw new MalformedError(at, `${this.#name}: ${name} is cut off`)
    return this.whole[at]!
  }
}

const showTag = (tag: number): string => `tag 0x${tag.toString(16).padStart(2, '0')}`
