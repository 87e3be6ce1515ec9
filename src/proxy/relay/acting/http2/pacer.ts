import type { Pace } from '../../../../rules/verdict.ts'

/** ms of body at most that leave at once. */
const step = 50

/** When the pieces of a body may go on. Times in ms of one clock. */
export class Pacer {
  readonly #latency: number
  readonly #bytesPerMs: number
  #freeAt = 0

  constructor({ latency = 0, bitsPerSecond }: Pace) {
    this.#latency = latency
    this.#bytesPerMs = bitsPerSecond === undefined ? Infinity : Math.max(1, bitsPerSecond) / 8000
  }

  /** ms until a piece that came at `at` may go on; 0 at once. */
  wait(at: number, now: number): number {
    return Math.max(0, at + this.#latency - now, this.#freeAt - now)
  }

  /** Bytes that may go on at once, then. */
  get most(): number {
    return Math.max(1, Math.floor(this.#bytesPerMs * step))
  }

  went(bytes: number, now: number): void {
    this.#freeAt = Math.max(now, this.#freeAt) + bytes / this.#bytesPerMs
  }
}

/** A pacer where the body is to be slowed down. */
export const pacerOf = (pace: Pace | undefined): Pacer | undefined =>
  pace?.latency || pace?.bitsPerSecond !== undefined ? new Pacer(pace) : undefined
