import type { ExchangeId, Side } from '../model/exchange.ts'

/** How much of a body is kept in the exchange's own row. */
export const inlineBytes = 16 * 1024

/** Where the rest of a body goes. */
export type BodySink = (exchange: ExchangeId, side: Side, offset: number, bytes: Uint8Array) => void

/** One side's body: its beginning is held until the row is written, the rest goes straight to the sink. */
export class BodyKeeper {
  readonly #parts: Uint8Array[] = []
  #inline = 0
  #offset = 0
  #kept = 0
  #changed = false
  #whole = true

  /** Returns how many of the bytes were kept; `limit` is for the whole body. */
  push(bytes: Uint8Array, limit: number, sink: (offset: number, bytes: Uint8Array) => void): number {
    const room = Math.max(0, limit - this.#kept)
    const kept = bytes.length <= room ? bytes : bytes.subarray(0, room)
    if (kept.length > 0) this.#keep(kept, sink)
    this.#offset += bytes.length
    if (kept.length < bytes.length) this.#whole = false
    this.#kept += kept.length
    return kept.length
  }

  /** Bytes that passed and were not kept. */
  skip(length: number): void {
    this.#offset += length
    this.#whole = false
  }

  /** The beginning of the body, if it has changed since it was last taken. */
  take(): Uint8Array | undefined {
    if (!this.#changed) return undefined
    this.#changed = false
    if (this.#parts.length > 1) this.#parts.splice(0, this.#parts.length, Buffer.concat(this.#parts))
    return this.#parts[0]
  }

  #keep(bytes: Uint8Array, sink: (offset: number, bytes: Uint8Array) => void): void {
    const room = this.#whole ? inlineBytes - this.#inline : 0
    const first = bytes.length <= room ? bytes : bytes.subarray(0, room)
    if (first.length > 0) {
      this.#parts.push(Uint8Array.prototype.slice.call(first)) // the slab goes back to the engine
      this.#inline += first.length
      this.#changed = true
    }
    if (first.length < bytes.length) sink(this.#offset + first.length, bytes.subarray(first.length))
  }
}
