import type { Lane } from './lane.ts'
import type { Outlet } from './outlet.ts'

const mostQueued = 65_536 // bytes; the sender waits while there are more

/** The body of a request for whoever asks another server: it comes as fast as that server takes it. */
export class Feed implements Outlet, AsyncIterable<Uint8Array> {
  readonly #lane: Lane
  readonly #done: () => void
  readonly #queue: Uint8Array[] = []
  #queued = 0
  #ended = false
  #failed = false
  /** Nobody reads it any more. */
  #abandoned = false
  #wake: (() => void) | undefined

  constructor(lane: Lane, done: () => void) {
    this.#lane = lane
    this.#done = done
  }

  body(_framed: Uint8Array, parts: readonly Uint8Array[]): void {
    if (this.#abandoned) return
    for (const part of parts) {
      this.#queue.push(Buffer.from(part))
      this.#queued += part.length
    }
    if (this.#queued > mostQueued) this.#lane.hold('feed')
    this.#wake?.()
  }

  end(): void {
    this.#ended = true
    this.#wake?.()
    this.#done()
  }

  /** What comes next goes nowhere. */
  abandon(): void {
    this.#abandoned = true
    this.#queue.length = 0
    this.#queued = 0
    this.#lane.release('feed')
  }

  /** Its sender has gone in the midst of it. */
  fail(): void {
    this.#failed = !this.#ended
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const piece = this.#queue.shift()
        if (piece) {
          this.#queued -= piece.length
          if (this.#queued <= mostQueued) this.#lane.release('feed')
          yield piece
        } else if (this.#failed) throw new Error('the client ended in the midst of its body')
        else if (this.#ended) return
        else await new Promise<void>(resolve => (this.#wake = resolve))
      }
    } finally {
      this.abandon()
    }
  }
}
