/** A rate that one message has for itself, or that many share; whoever takes from it hands the clock in. */
export class Bucket {
  readonly bitsPerSecond: number
  #freeAt = Number.NEGATIVE_INFINITY

  /** `bitsPerSecond` over 0; infinite where nothing is held back. */
  constructor(bitsPerSecond: number) {
    this.bitsPerSecond = bitsPerSecond
  }

  /** Takes the turn of that many bytes, and gives when the last of them has passed. ms of any clock that does not go back. */
  take(bytes: number, now: number): number {
    this.#freeAt = Math.max(this.#freeAt, now) + (bytes * 8000) / this.bitsPerSecond
    return this.#freeAt
  }
}
