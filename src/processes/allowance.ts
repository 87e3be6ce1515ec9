/** Time that may be spent: a share of the time that passes, of which some can be saved up. In ms. */
export class Allowance {
  readonly #share: number
  readonly #most: number
  #left: number
  #at: number

  /** Begins with the most that can be saved. */
  constructor(share: number, most: number, now: number) {
    this.#share = share
    this.#most = most
    this.#left = most
    this.#at = now
  }

  /** How long to wait until something is left. */
  wait(now: number): number {
    this.#left = Math.min(this.#most, this.#left + (now - this.#at) * this.#share)
    this.#at = now
    return this.#left > 0 ? 0 : -this.#left / this.#share
  }

  /** May be more than was left: then the next wait is so much longer. */
  spend(time: number): void {
    this.#left -= time
  }
}
