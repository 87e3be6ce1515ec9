import type { Direction } from '../../model/party.ts'

/** ms without a byte after which a connection of which one side has ended is over. */
export interface Patience {
  /** The client has ended, and the server spoke last: it has most likely gone with its answer. */
  readonly answered: number
  /** Something may yet come. */
  readonly asked: number
}

export const defaultPatience: Patience = { answered: 15_000, asked: 60_000 }

/**
 * Watches a relay of which one side has ended. Whether the peer has closed its socket or only this direction does not
 * show; while bytes move nothing is ended.
 */
export class HalfClosed {
  readonly #end: () => void
  readonly #patience: Patience
  #spokeLast: Direction | undefined
  #ended: Direction | undefined
  #timer: NodeJS.Timeout | undefined

  /** Calls `end` when the wait is over. */
  constructor(end: () => void, patience: Patience = defaultPatience) {
    this.#end = end
    this.#patience = patience
  }

  /** Bytes pass. */
  moved(direction: Direction): void {
    this.#spokeLast = direction
    if (this.#timer) this.#wait()
  }

  /** No more bytes come in that direction. */
  ended(direction: Direction): void {
    this.#ended ??= direction
    this.#wait()
  }

  /** Both sides have closed. */
  over(): void {
    clearTimeout(this.#timer)
  }

  #wait(): void {
    clearTimeout(this.#timer)
    const answered = this.#ended === 'to-server' && this.#spokeLast === 'to-client'
    this.#timer = setTimeout(this.#end, answered ? this.#patience.answered : this.#patience.asked).unref()
  }
}
