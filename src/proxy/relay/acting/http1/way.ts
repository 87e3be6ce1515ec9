import { Bucket } from '../../../../rules/bucket.ts'
import type { Pace } from '../../../../rules/verdict.ts'
import type { Lane } from './lane.ts'

/** How the bytes of one message go on. */
export interface Way {
  /** Those of a head at once, those of a body as fast as is wanted. */
  write(bytes: Uint8Array, part: 'head' | 'body'): void
  /** Calls back when all that was written before has gone. */
  whenGone(done: () => void): void
}

/** At once; or held back as the pace wants it. */
export const wayOf = (lane: Lane, pace: Pace | undefined): Way => (pace ? new SlowWay(lane, pace) : directWay(lane))

const directWay = (lane: Lane): Way => ({ write: bytes => lane.pass(bytes), whenGone: done => done() })

interface Due {
  readonly at: number
  readonly bytes?: Uint8Array
  readonly done?: () => void
}

const mostQueued = 65_536 // bytes; the sender waits while there are more
const smallest = 256 // bytes that are worth a timer of their own
const slice = 0.05 // seconds of a body that go on together

/** Every byte has the time at which it goes on; what waits holds the direction, so that its sender is slowed down. */
class SlowWay implements Way {
  readonly #lane: Lane
  readonly #pace: Pace
  readonly #bucket: Bucket
  readonly #queue: Due[] = []
  #queued = 0
  /** When the last byte has been sent, as if over a slow line; ms of performance.now(). */
  #sentAt: number
  #begun = false
  #timer: NodeJS.Timeout | undefined

  constructor(lane: Lane, pace: Pace) {
    this.#lane = lane
    this.#pace = pace
    this.#bucket = pace.shared ?? new Bucket(pace.bitsPerSecond ?? Number.POSITIVE_INFINITY)
    this.#sentAt = performance.now() + (pace.delay ?? 0)
  }

  write(bytes: Uint8Array, part: 'head' | 'body'): void {
    const kept = Buffer.from(bytes)
    if (part === 'head') return this.#enqueue({ at: this.#sentAt, bytes: kept })
    const { latency = 0, firstByte = 0 } = this.#pace
    const size = Math.max(smallest, Math.ceil((this.#bucket.bitsPerSecond / 8) * slice))
    this.#sentAt = Math.max(this.#sentAt, performance.now()) + (this.#begun ? 0 : firstByte)
    this.#begun = true
    for (let at = 0; at < kept.length; at += size) {
      const piece = kept.subarray(at, at + size)
      this.#sentAt = this.#bucket.take(piece.length, this.#sentAt)
      this.#enqueue({ at: this.#sentAt + latency, bytes: piece })
    }
  }

  whenGone(done: () => void): void {
    this.#enqueue({ at: this.#queue.at(-1)?.at ?? 0, done })
    if (this.#queue.length > 0) this.#lane.hold('pace')
  }

  #enqueue(due: Due): void {
    this.#queue.push(due)
    this.#queued += due.bytes?.length ?? 0
    if (this.#queued > mostQueued) this.#lane.hold('pace')
    this.#send()
  }

  #send(): void {
    for (let due = this.#queue[0]; due && due.at <= performance.now(); due = this.#queue[0]) {
      this.#queue.shift()
      if (due.bytes) this.#lane.pass(due.bytes)
      this.#queued -= due.bytes?.length ?? 0
      due.done?.()
    }
    clearTimeout(this.#timer)
    const [next] = this.#queue
    if (next) this.#timer = setTimeout(() => this.#wake(), Math.max(0, next.at - performance.now()))
  }

  #wake(): void {
    const room = this.#lane.room()
    if (room) return void room.then(() => this.#wake())
    this.#send()
    if (this.#queue.length === 0 || (this.#queued <= mostQueued && !this.#queue.at(-1)?.done))
      this.#lane.release('pace')
  }
}
