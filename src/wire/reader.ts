/** Bytes that do not follow their format. `offset` counts from the start of the bytes that were read. */
export class MalformedError extends Error {
  readonly offset: number
  constructor(offset: number, what: string) {
    super(`${what} at byte ${offset}`)
    this.name = 'MalformedError'
    this.offset = offset
  }
}

/** One decoded field: what it is called, where its bytes are, what they say. Offsets count as in MalformedError. */
export interface Field {
  readonly name: string
  readonly start: number
  readonly end: number
  /** The value as a reader wants to see it; empty for a group. */
  readonly shown: string
  readonly children?: readonly Field[]
}

export type Show = (value: number) => string
export type ShowBytes = (bytes: Uint8Array) => string

export const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
export const decimal: Show = value => String(value)

interface Group {
  readonly name: string
  readonly start: number
  end: number
  shown: string
  readonly children: Field[]
}

const nowhere: Field[] = []

/**
 * Reads big-endian integers, blocks and lists from bytes, and keeps a tree of the fields that it read.
 * A nested block cannot read past its parent; every read past the end throws MalformedError.
 */
export class ByteReader {
  readonly fields: Field[]
  readonly #bytes: Uint8Array
  readonly #end: number
  readonly #name: string
  #at: number

  constructor(bytes: Uint8Array, name: string, start = 0, end = bytes.length, fields: Field[] = []) {
    this.#bytes = bytes
    this.#name = name
    this.#at = start
    this.#end = end
    this.fields = fields
  }

  /** One that reads the values and keeps no fields, for a hot path: nothing is shown, `fields` stays empty. */
  static quiet(bytes: Uint8Array, name: string): ByteReader {
    return new ByteReader(bytes, name, 0, bytes.length, nowhere)
  }

  get quiet(): boolean {
    return this.fields === nowhere
  }

  get offset(): number {
    return this.#at
  }
  get remaining(): number {
    return this.#end - this.#at
  }

  u8(name: string, show: Show = decimal): number {
    return this.#number(1, name, show)
  }
  u16(name: string, show: Show = decimal): number {
    return this.#number(2, name, show)
  }
  u24(name: string, show: Show = decimal): number {
    return this.#number(3, name, show)
  }
  u32(name: string, show: Show = decimal): number {
    return this.#number(4, name, show)
  }

  /** A view of the next `length` bytes, not a copy. */
  bytes(length: number, name: string, show: ShowBytes = hex): Uint8Array {
    const start = this.#take(length, name)
    const value = this.#bytes.subarray(start, start + length)
    if (!this.quiet) this.fields.push({ name, start, end: start + length, shown: show(value) })
    return value
  }

  rest(name: string, show: ShowBytes = hex): Uint8Array {
    return this.bytes(this.remaining, name, show)
  }

  /** A reader over the next `length` bytes, whose fields become children of one field. */
  block(length: number, name: string, shown = ''): ByteReader {
    const start = this.#take(length, name)
    const children: Field[] = this.quiet ? nowhere : []
    if (!this.quiet) this.fields.push({ name, start, end: start + length, shown, children })
    return new ByteReader(this.#bytes, name, start, start + length, children)
  }

  /** Reads items until nothing is left. */
  list<T>(read: (reader: ByteReader) => T): T[] {
    const items: T[] = []
    while (this.remaining > 0) {
      const before = this.#at
      items.push(read(this))
      if (this.#at === before) throw new MalformedError(before, `${this.#name}: an item of no length`)
    }
    return items
  }

  /** Groups the fields that `read` reads under one name; `show` says the group in a line. */
  group<T>(name: string, read: (reader: ByteReader) => T, show?: (value: T) => string): T {
    if (this.quiet) return read(this)
    const group: Group = { name, start: this.#at, end: this.#at, shown: '', children: [] }
    const inner = new ByteReader(this.#bytes, name, this.#at, this.#end, group.children)
    this.fields.push(group)
    try {
      const value = read(inner)
      if (show) group.shown = show(value)
      return value
    } finally {
      this.#at = group.end = inner.#at
    }
  }

  /** Refuses leftovers. */
  end(): void {
    if (this.remaining > 0) throw new MalformedError(this.#at, `${this.#name}: ${this.remaining} bytes left over`)
  }

  #number(length: number, name: string, show: Show): number {
    const start = this.#take(length, name)
    let value = 0
    for (let i = start; i < start + length; i++) value = value * 256 + this.#bytes[i]!
    if (!this.quiet) this.fields.push({ name, start, end: start + length, shown: show(value) })
    return value
  }

  #take(length: number, name: string): number {
    if (length > this.remaining)
      throw new MalformedError(this.#at, `${this.#name}: ${name} needs ${length} bytes, ${this.remaining} are left`)
    const start = this.#at
    this.#at += length
    return start
  }
}
