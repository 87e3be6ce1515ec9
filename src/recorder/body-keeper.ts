/** The longest body that stands in the exchange's own row: a longer one costs more there than elsewhere. */
export const inlineBytes = 2048

/** Where other bodies go; `offset` counts every byte of the body. The bytes may be used again after the call. */
export type BodySink = (offset: number, bytes: Uint8Array) => void

/** One side's body: a short one is held until the exchange is written, a longer one goes to the sink as it comes. */
export class BodyKeeper {
  readonly #sink: BodySink
  #held: Uint8Array[] = []
  #heldBytes = 0
  #offset = 0
  #kept = 0
  #changed = false
  #taken = false
  /** Nothing more is held. */
  #isLong = false

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
    this.#offset += length
    this.#isLong = true
  }

  /** What is held of the body, if it has changed since it was last taken. */
  take(): Uint8Array | undefined {
    if (!this.#changed) return undefined
    this.#changed = false
    this.#taken = true
    if (this.#held.length > 1) this.#held = [Buffer.concat(this.#held)]
    return this.#held[0]
  }

  /** Whether both are known to be the same from the first byte to the last; what went to the sink cannot be compared. */
  equals(other: BodyKeeper): boolean {
    return !this.#isLong && !other.#isLong && Buffer.concat(this.#held).equals(Buffer.concat(other.#held))
  }

  #keep(bytes: Uint8Array): void {
    if (!this.#isLong && this.#heldBytes + bytes.length > inlineBytes) this.#turnLong()
    if (this.#isLong) return this.#sink(this.#offset, bytes)
    this.#held.push(Buffer.from(bytes)) // the slab goes back to the engine
    this.#heldBytes += bytes.length
    this.#changed = true
  }

  /** The sink gets what was held, so that the body lies together, unless the exchange's row has it already. */
  #turnLong(): void {
    this.#isLong = true
    if (this.#taken || this.#heldBytes === 0) return
    this.#sink(0, Buffer.concat(this.#held))
    this.#held = []
    this.#changed = false
  }
}
