import type { FieldLine } from '../../http1/field-lines.ts'
import { latin1 } from '../../latin1.ts'
import { MalformedError } from '../../reader.ts'
import { DynamicTable } from './dynamic-table.ts'
import { readHuffman } from './huffman.ts'
import type { FieldRepresentation, Representation, StringLiteral } from './representation.ts'
import { staticTable } from './static-table.ts'
import { incremental, indexed, nameCoded, neverIndexed, notIndexed, valueCoded } from './way.ts'

/** Octets of fields, as RFC 9113 counts them for MAX_HEADER_LIST_SIZE, that one block may unfold to. */
export const maxListSize = 1024 * 1024

/** More than any client or server in use asks for, and small enough to keep. */
const maxTableSize = 16 * 1024 * 1024

/** Decodes the header blocks of one direction, in order (RFC 7541). After an error the table is out of step: stop. */
export class HpackDecoder {
  readonly table = new DynamicTable()
  /** Whether the last block had more fields than `maxListSize` holds; those beyond are left out. */
  truncated = false
  /** Told how each field stood in its block, where somebody asks. */
  trace: ((representation: Representation) => void) | undefined
  /** Table sizes that began the last block. */
  readonly sizes: number[] = []
  /** How each field of the last block stood in it. */
  #ways = new Uint8Array(64)
  #fields = 0
  /** Of the table before the last block: entries, octets; and what of it went since, oldest first. */
  #lengthBefore = 0
  #maxSizeBefore = 4096
  readonly #gone: FieldLine[] = []
  #coded = false
  /** The last string that was read, while there is a trace. */
  #literalAt: StringLiteral | undefined
  /** Largest table that the receiver has allowed (SETTINGS_HEADER_TABLE_SIZE). */
  #limit = 4096
  #bytes: Uint8Array = new Uint8Array(0)
  #at = 0
  #end = 0

  /** The receiver's SETTINGS_HEADER_TABLE_SIZE. It only raises: the sender may not have seen a lower one yet. */
  allow(tableSize: number): void {
    this.#limit = Math.max(this.#limit, Math.min(tableSize, maxTableSize))
  }

  /** The way in which each field of the last block stood in it; a view, good until the next. */
  get ways(): Uint8Array {
    return this.#ways.subarray(0, this.#fields)
  }

  /** The table as it was before the last block: the newest entry first. */
  before(): { readonly entries: readonly FieldLine[]; readonly maxSize: number } {
    const gone = this.#gone.slice(0, this.#lengthBefore)
    const still = this.#lengthBefore - gone.length
    const entries = this.table.entries()
    return { entries: [...entries.slice(entries.length - still), ...gone.reverse()], maxSize: this.#maxSizeBefore }
  }

  /** The fields of one whole header block. Throws MalformedError, offsets from the start of `bytes`. */
  decode(bytes: Uint8Array, start = 0, end = bytes.length): FieldLine[] {
    this.#bytes = bytes
    this.#at = start
    this.#end = end
    this.truncated = false
    this.#begin()
    const fields: FieldLine[] = []
    let size = 0
    let mayResize = true
    while (this.#at < end) {
      const first = bytes[this.#at]!
      if (first >= 32 && first < 64) {
        if (!mayResize) throw new MalformedError(this.#at, 'HPACK: a table size update after a field')
        this.#resize()
        continue
      }
      mayResize = false
      const field = first >= 128 ? this.#indexed() : this.#literal(first)
      size += field[0].length + field[1].length + 32
      if (size <= maxListSize) fields.push(field)
      else this.truncated = true
    }
    return fields
  }

  #begin(): void {
    this.#fields = 0
    this.#lengthBefore = this.table.length
    this.#maxSizeBefore = this.table.maxSize
    if (this.#gone.length > 0) this.#gone.length = 0
    if (this.sizes.length > 0) this.sizes.length = 0
  }

  #stood(way: number): void {
    if (this.#fields === this.#ways.length) {
      const larger = new Uint8Array(this.#fields * 2)
      larger.set(this.#ways)
      this.#ways = larger
    }
    this.#ways[this.#fields++] = way
  }

  #indexed(): FieldLine {
    const at = this.#at
    const index = this.#integer(127)
    const field = this.#entry(index, at)
    this.#stood(indexed)
    this.trace?.({ kind: 'indexed', start: at, end: this.#at, index, field, added: false, evicted: [] })
    return field
  }

  /** RFC 7541 6.2: with incremental indexing, without, or never. */
  #literal(first: number): FieldLine {
    const at = this.#at
    const indexing = first >= 64
    const index = this.#integer(indexing ? 63 : 15)
    const name = index === 0 ? this.#string() : this.#entry(index, at)[0]
    const nameAt = index === 0 ? this.#literalAt : undefined
    const way = (indexing ? incremental : first >= 16 ? neverIndexed : notIndexed) | (this.#coded ? nameCoded : 0)
    const field: FieldLine = [name, this.#string()]
    this.#stood(way | (this.#coded ? valueCoded : 0))
    if (this.trace) {
      const kind = indexing ? 'incremental' : first >= 16 ? 'never-indexed' : 'not-indexed'
      this.#tell({ kind, start: at, end: this.#at, index, field }, nameAt)
    } else if (indexing) this.table.add(field, this.#gone)
    return field
  }

  #tell(
    told: Pick<FieldRepresentation, 'kind' | 'start' | 'end' | 'index' | 'field'>,
    name: StringLiteral | undefined,
  ): void {
    const value = this.#literalAt
    const evicted: FieldLine[] = []
    if (told.kind === 'incremental') this.table.add(told.field, evicted)
    this.#gone.push(...evicted)
    const added = this.table.at(0) === told.field
    this.trace?.({ ...told, ...(name && { name }), ...(value && { value }), added, evicted })
  }

  #resize(): void {
    const at = this.#at
    const size = this.#integer(31)
    if (size > this.#limit)
      throw new MalformedError(at, `HPACK: a table of ${size} octets where ${this.#limit} are allowed`)
    const evicted: FieldLine[] = []
    this.table.resize(size, evicted)
    this.#gone.push(...evicted)
    this.sizes.push(size)
    this.trace?.({ kind: 'size-update', start: at, end: this.#at, size, evicted })
  }

  #entry(index: number, at: number): FieldLine {
    const field = index <= staticTable.length ? staticTable[index - 1] : this.table.at(index - staticTable.length - 1)
    if (field === undefined) throw new MalformedError(at, `HPACK: no entry has index ${index}`)
    return field
  }

  /** RFC 7541 5.1, up to 2^31. `mask` covers the prefix's bits. */
  #integer(mask: number): number {
    let value = this.#byte() & mask
    if (value < mask) return value
    let scale = 1
    for (let i = 0; i < 5; i++) {
      const byte = this.#byte()
      value += (byte & 127) * scale
      scale *= 128
      if (byte < 128) {
        if (value > 2 ** 31) break
        return value
      }
    }
    throw new MalformedError(this.#at, 'HPACK: an integer over 2^31')
  }

  #string(): string {
    const huffman = this.#at < this.#end && this.#bytes[this.#at]! >= 128
    this.#coded = huffman
    const length = this.#integer(127)
    const start = this.#at
    if (length > this.#end - start)
      throw new MalformedError(start, `HPACK: a string of ${length} octets, ${this.#end - start} are left`)
    this.#at += length
    if (this.trace) this.#literalAt = { start, end: this.#at, huffman }
    return huffman ? readHuffman(this.#bytes, start, this.#at) : latin1(this.#bytes, start, this.#at)
  }

  #byte(): number {
    if (this.#at >= this.#end) throw new MalformedError(this.#at, 'HPACK: the block ends inside a field')
    return this.#bytes[this.#at++]!
  }
}
