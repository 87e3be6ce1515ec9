import type { Direction } from '../../model/party.ts'
import { BoundedSet } from '../../wire/bounded-map.ts'
import { type Fault, senderOf } from '../plain.ts'

const mostCut = 5000 // some hundred may be open at once

/** Which ids of one connection were used: those of one opener rise, odd the client's, even the server's (RFC 9113 5.1.1). */
export class StreamIds {
  /** Highest id used: [by the server, by the client]. */
  readonly #highest: [number, number] = [0, 0]

  readonly #cut = new BoundedSet<number>(mostCut)

  /** Uses the id: whether it is new; a fault where it is not for that side to use, or to promise again. */
  use(stream: number, direction: Direction): boolean | Fault {
    const parity = direction === 'to-server' ? 1 : 0
    if ((stream & 1) !== parity || stream === 0) {
      return { code: 'http2/bad-stream-id', detail: `${stream} of the ${senderOf(direction)}` }
    }
    const highest = this.#highest[parity]
    if (stream <= highest && direction === 'to-client')
      return { code: 'http2/bad-stream-id', detail: `${stream} is promised after ${highest}` }
    if (stream <= highest) return false
    this.#highest[parity] = stream
    return true
  }

  /** Frames of the other side may still be under way to it: it was reset, or given up otherwise. */
  cut(stream: number): void {
    this.#cut.add(stream)
  }

  /** Whether something came on it that may not (RFC 9113 5.1): once, as the other side may answer it. For streams that are not open. */
  isLate(stream: number): boolean {
    const late = stream !== 0 && this.used(stream) && !this.#cut.has(stream)
    if (late) this.cut(stream)
    return late
  }

  /** Whether a stream of this id is or was open, or was passed over (RFC 9113 5.1.1). */
  used(stream: number): boolean {
    return stream <= this.#highest[stream & 1]!
  }
}
