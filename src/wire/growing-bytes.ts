const empty = new Uint8Array(0)

/** Bytes that come in pieces, kept in one buffer that doubles. */
export class GrowingBytes {
  #bytes: Uint8Array = empty
  #length = 0

  get length(): number {
    return this.#length
  }

  append(bytes: Uint8Array, from = 0, to = bytes.length): void {
    const length = this.#length + to - from
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, this.#bytes.length * 2))
      larger.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = larger
    }
    this.#bytes.set(bytes.subarray(from, to), this.#length)
    this.#length = length
  }

  /** All that was appended, given away: what is appended next goes to a new buffer. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#length)
    this.#bytes = empty
    this.#length = 0
    return taken
  }
}
