/** How much of a body is kept in the exchange's own row. */
export const inlineBytes = 16 * 1024

/** How much of the rest goes into one row of its own: many small ones cost as much as writing them twice. */
export const rowBytes = 256 * 1024

/** Where the rest of a body goes; `offset` counts every byte of the body. The bytes may be used again after the call. */
export type BodySink = (offset: number, bytes: Uint8Array) => void

/** One side's body: its beginning is held until the exchange is written, the rest goes to the sink in large rows. */
export class BodyKeeper {
  readonly #sink: BodySink
  readonly #parts: Uint8Array[] = []
  #inline = 0
  #offset = 0
  #kept = 0
  #changed = false
  #whole = true
  #row: Buffer | undefined
  #filled = 0
  #rowOffset = 0

  constructor(sink: BodySink) {
    this.#sink = sink
  }

  /** Returns how many of the bytes were kept; `limit` is for the whole body. */
  push(bytes: Uint8Array, limit: number): number {
    const room = Math.max(0, limit - this.#kept)
    const kept = bytes.length <= room ? bytes : bytes.subarray(0, room)
    if (kept.length > 0) this.#keep(kept)
    this.#kept += kept.length
    this.#offset += kept.length
    if (kept.length < bytes.length) this.skip(bytes.length - kept.length)
    return kept.length
  }

  /** Bytes that passed and were not kept. */
  skip(length: number): void {
    this.drain()
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

  /** Gives what waits for a full row to the sink, and its memory back. */
  drain(): void {
    if (this.#row && this.#filled > 0) this.#sink(this.#rowOffset, this.#row.subarray(0, this.#filled))
    this.#row = undefined
    this.#filled = 0
  }

  #keep(bytes: Uint8Array): void {
    const room = this.#whole ? inlineBytes - this.#inline : 0
    const first = bytes.length <= room ? bytes : bytes.subarray(0, room)
    if (first.length > 0) {
      this.#parts.push(Buffer.from(first)) // the slab goes back to the engine
      this.#inline += first.length
      this.#changed = true
    }
    for (let from = first.length; from < bytes.length; ) {
      this.#row ??= Buffer.allocUnsafe(rowBytes)
      if (this.#filled === 0) this.#rowOffset = this.#offset + from
      const part = bytes.subarray(from, from + rowBytes - this.#filled)
      this.#row.set(part, this.#filled)
      this.#filled += part.length
      from += part.length
      if (this.#filled < rowBytes) continue
      this.#sink(this.#rowOffset, this.#row)
      this.#filled = 0
    }
  }
}
