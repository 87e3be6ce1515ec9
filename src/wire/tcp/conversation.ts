import type { Direction } from '../direction.ts'
import { HalfStream } from './half-stream.ts'
import type { Segment } from './read-segment.ts'

/** Whom a TCP connection tells what it carries, each direction in order, and an answer behind what it answers. */
export interface ConversationSink {
  /** A view, good until the call returns. */
  data(direction: Direction, at: number, bytes: Uint8Array): void
  gap(direction: Direction, at: number, length: number): void
  end(direction: Direction, at: number): void
}

interface Held {
  readonly direction: Direction
  readonly at: number
  readonly segment: Segment
}

const mostHeld = 8 // segments that answer what has not come: cards with several queues mix up no more

/** Both directions of a TCP connection. */
export class Conversation {
  readonly #halves: Readonly<Record<Direction, HalfStream>>
  #held: Held[] = []

  constructor(sink: ConversationSink) {
    const half = (direction: Direction): HalfStream =>
      new HalfStream({
        data: (at, bytes) => sink.data(direction, at, bytes),
        gap: (at, length) => sink.gap(direction, at, length),
        end: at => sink.end(direction, at),
      })
    this.#halves = { 'to-server': half('to-server'), 'to-client': half('to-client') }
  }

  /** Bytes of each direction that were told, gaps included. */
  get bytes(): { readonly toServer: number; readonly toClient: number } {
    return { toServer: this.#halves['to-server'].position, toClient: this.#halves['to-client'].position }
  }

  /** Both directions came to their end. */
  get isOver(): boolean {
    return this.#halves['to-server'].hasEnded && this.#halves['to-client'].hasEnded
  }

  push(direction: Direction, at: number, segment: Segment): void {
    if (this.#held.length > 0 || this.#owes(direction, segment)) this.#hold(direction, at, segment)
    else this.#take(direction, at, segment)
  }

  /** Nothing follows. */
  close(at: number): void {
    while (this.#held.length > 0) this.#giveUp()
    for (const half of Object.values(this.#halves)) half.close(at)
  }

  #owes(direction: Direction, { acknowledged }: Segment): boolean {
    return acknowledged !== undefined && this.#halves[other(direction)].owes(acknowledged)
  }

  /** Everything waits in its order, but what may be the missing bytes. */
  #hold(direction: Direction, at: number, segment: Segment): void {
    const first = this.#held[0]
    if (first && first.direction !== direction && this.#halves[direction].continuesAt(segment.sequence)) {
      this.#take(direction, at, segment)
      return this.#release()
    }
    this.#held.push({ direction, at, segment: { ...segment, payload: Uint8Array.from(segment.payload) } })
    if (this.#held.length >= mostHeld) this.#giveUp()
  }

  /** What is missing does not come any more. */
  #giveUp(): void {
    const { direction, at, segment } = this.#held[0]!
    this.#halves[other(direction)].pass(at, segment.acknowledged!)
    this.#release()
  }

  #release(): void {
    while (this.#held.length > 0) {
      const { direction, at, segment } = this.#held[0]!
      if (this.#owes(direction, segment)) return
      this.#held.shift()
      this.#take(direction, at, segment)
    }
  }

  #take(direction: Direction, at: number, segment: Segment): void {
    const { sequence, acknowledged, syn, payload, length, fin } = segment
    const first = syn ? sequence + 1 : sequence
    if (acknowledged !== undefined && !segment.rst) this.#halves[other(direction)].begin(acknowledged)
    this.#halves[direction].begin(first)
    if (length > 0 || fin) this.#halves[direction].push(at, first >>> 0, payload, length, fin)
  }
}

const other = (direction: Direction): Direction => (direction === 'to-server' ? 'to-client' : 'to-server')
