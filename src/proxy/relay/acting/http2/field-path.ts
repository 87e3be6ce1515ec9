import type { Header } from '../../../../model/exchange.ts'
import { HpackDecoder } from '../../../../wire/http2/hpack/decoder.ts'
import { HpackEncoder } from '../../../../wire/http2/hpack/encoder.ts'
import { MalformedError } from '../../../../wire/reader.ts'

/** Fields and the ways in which they stood, kept for later. */
export interface FieldBlock {
  readonly fields: readonly Header[]
  readonly ways: Uint8Array
}

/**
 * The header blocks of one direction. As long as all pass in their order, the receiver's table is the sender's, and blocks
 * pass as the very bytes. With the first one that does not, the direction forks: from there on all are encoded anew.
 */
export class FieldPath {
  readonly #decoder = new HpackDecoder()
  #encoder: HpackEncoder | undefined
  /** SETTINGS_HEADER_TABLE_SIZE of the receiver. */
  #limit = 4096
  /** The block that was read last has not gone on. */
  #waits = false

  get forked(): boolean {
    return this.#encoder !== undefined
  }

  /** The receiver's SETTINGS_HEADER_TABLE_SIZE. */
  allow(tableSize: number): void {
    this.#limit = tableSize
    this.#decoder.allow(tableSize)
    this.#encoder?.allow(tableSize)
  }

  /**
   * Reads the next block. Undefined where it has more fields than are kept, and can only pass as it is; throws
   * MalformedError where it cannot be read, or where that would have to be encoded anew.
   */
  read(bytes: Uint8Array, start: number, end: number): readonly Header[] | undefined {
    const fields = this.#decoder.decode(bytes, start, end)
    this.#waits = true
    if (this.#encoder) for (const size of this.#decoder.sizes) this.#encoder.resize(size)
    if (!this.#decoder.truncated) return fields
    if (this.#encoder) throw new MalformedError(start, 'HPACK: more fields than are kept')
    return undefined
  }

  /** The ways of the block that was read last; a view, good until the next. */
  get ways(): Uint8Array {
    return this.#decoder.ways
  }

  /** The block that was read last goes on as the very bytes. */
  passed(): void {
    this.#waits = false
  }

  /** The block that was read last does not pass as it is, or not now; or one of Parley's own is to come. */
  fork(): void {
    if (this.#encoder) return
    const { table, sizes } = this.#decoder
    const { entries, maxSize } = this.#waits
      ? this.#decoder.before()
      : { entries: table.entries(), maxSize: table.maxSize }
    this.#encoder = new HpackEncoder(entries, maxSize, Math.max(maxSize, this.#limit))
    if (maxSize > this.#limit) this.#encoder.allow(this.#limit)
    if (this.#waits) for (const size of sizes) this.#encoder.resize(size)
  }

  /** Forks, if that has not been yet. */
  encode(fields: readonly Header[], ways: Uint8Array): Uint8Array {
    this.fork()
    this.#waits = false
    return this.#encoder!.encode(fields, ways)
  }
}
