import type { FieldLine } from '../../http1/field-lines.ts'
import { DynamicTable } from './dynamic-table.ts'
import { huffmanLength, writeHuffman } from './huffman-writer.ts'
import { staticTable } from './static-table.ts'
import { incremental, indexed, kindOf, nameCoded, neverIndexed, shortest, valueCoded, type Way } from './way.ts'

/** Indexes of the static table: by name the first, and under it by value. */
const staticNames = new Map<string, number>()
const staticFields = new Map<string, Map<string, number>>()
staticTable.forEach(([name, value], at) => {
  if (!staticNames.has(name)) staticNames.set(name, at + 1)
  const values = staticFields.get(name) ?? new Map<string, number>()
  staticFields.set(name, values.set(value, at + 1))
})

/** Encodes the header blocks of one direction, in order (RFC 7541), each field in the way that is asked for. */
export class HpackEncoder {
  /** As the receiver has it. */
  readonly table = new DynamicTable()
  /** SETTINGS_HEADER_TABLE_SIZE of the receiver. */
  #limit: number
  /** Table sizes to be told with the next block. */
  #sizes: number[] = []
  #bytes = new Uint8Array(1024)
  #at = 0

  /** Goes on from a table that the receiver has already: its entries, the newest first. */
  constructor(entries: readonly FieldLine[] = [], tableSize = 4096, limit = Math.max(4096, tableSize)) {
    this.table.resize(tableSize)
    for (let i = entries.length - 1; i >= 0; i--) this.table.add(entries[i]!)
    this.#limit = limit
  }

  /** The receiver's SETTINGS_HEADER_TABLE_SIZE. A table that is larger shrinks with the next block. */
  allow(tableSize: number): void {
    this.#limit = tableSize
    if (this.#size > tableSize) this.#sizes.push(tableSize)
  }

  /** The next block begins with this size of the table, or with what the receiver allows. */
  resize(tableSize: number): void {
    this.#sizes.push(Math.min(tableSize, this.#limit))
  }

  /** One whole header block. A field without a way is not indexed, and its strings take the shorter form. */
  encode(fields: readonly FieldLine[], ways: Uint8Array): Uint8Array {
    this.#at = 0
    if (this.#sizes.length > 0) this.#writeSizes()
    for (let i = 0; i < fields.length; i++) this.#field(fields[i]!, ways[i] ?? shortest | 2)
    return this.#bytes.slice(0, this.#at)
  }

  /** What the table's size is going to be. */
  get #size(): number {
    return this.#sizes.at(-1) ?? this.table.maxSize
  }

  /** RFC 7541 4.2: the smallest on the way, and the last. */
  #writeSizes(): void {
    this.#room(16)
    const least = Math.min(...this.#sizes)
    const last = this.#sizes.at(-1)!
    for (const size of least === last ? [last] : [least, last]) {
      this.table.resize(size)
      this.#integer(size, 31, 0x20)
    }
    this.#sizes = []
  }

  #field(field: FieldLine, way: Way): void {
    this.#room(field[0].length + field[1].length + 24)
    const kind = kindOf(way)
    const index = kind === indexed ? this.#find(field) : 0
    if (index > 0) {
      this.#integer(index, 127, 0x80)
      return
    }
    const name = this.#findName(field[0])
    const adds = kind === incremental || kind === indexed // the entry that stood for it is not there, and may be wanted again
    if (adds) this.#integer(name, 63, 0x40)
    else this.#integer(name, 15, kind === neverIndexed ? 0x10 : 0)
    const either = (way & shortest) !== 0 || kind === indexed
    if (name === 0) this.#string(field[0], either ? undefined : (way & nameCoded) !== 0)
    this.#string(field[1], either ? undefined : (way & valueCoded) !== 0)
    if (adds) this.table.add(field)
  }

  /** Index of the whole field, 0 for none. */
  #find(field: FieldLine): number {
    const { table } = this
    const [name, value] = field
    const known = staticFields.get(name)?.get(value)
    if (known !== undefined) return known
    for (let i = 0; i < table.length; i++) {
      const entry = table.at(i)!
      if (entry === field || (entry[0] === name && entry[1] === value)) return staticTable.length + 1 + i
    }
    return 0
  }

  #findName(name: string): number {
    const known = staticNames.get(name)
    if (known !== undefined) return known
    for (let i = 0; i < this.table.length; i++) if (this.table.at(i)![0] === name) return staticTable.length + 1 + i
    return 0
  }

  #integer(value: number, prefix: number, first: number): void {
    const bytes = this.#bytes
    if (value < prefix) {
      bytes[this.#at++] = first | value
      return
    }
    bytes[this.#at++] = first | prefix
    let rest = value - prefix
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[this.#at++] = 128 | (rest % 128)
    bytes[this.#at++] = rest
  }

  /** `coded` undefined: as it is shorter. */
  #string(text: string, coded: boolean | undefined): void {
    const length = coded === false ? text.length : huffmanLength(text)
    if (coded === true || (coded === undefined && length < text.length)) {
      this.#room(length + 8)
      this.#integer(length, 127, 0x80)
      this.#at = writeHuffman(text, this.#bytes, this.#at)
      return
    }
    this.#integer(text.length, 127, 0)
    const bytes = this.#bytes
    for (let i = 0; i < text.length; i++) bytes[this.#at++] = text.charCodeAt(i)
  }

  /** So many bytes more have room. */
  #room(more: number): void {
    if (this.#at + more <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + more))
    larger.set(this.#bytes.subarray(0, this.#at))
    this.#bytes = larger
  }
}
