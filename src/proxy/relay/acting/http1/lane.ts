import type { Direction } from '../../../../model/party.ts'
import type { ActingPorts } from '../core.ts'
import { Cutter, type CutterSink } from './cutter.ts'

/** Why a direction stands still. */
export type Hold = 'claim' | 'turn' | 'pace' | 'feed' | 'full' | 'websocket' | 'black-hole'

const mostJoined = 16_384 // bytes: what one record of TLS holds
const mostKept = 65_536 // bytes of a held direction that are read all the same, so that a peer who leaves is noticed

export interface LaneSink extends CutterSink {
  /** Its sender has ended, maybe in the midst of a message. */
  cutOff(): void
  /** All that its sender said has gone on. */
  finished(): void
}

/**
 * One direction: its bytes are cut into messages while nothing holds it, and wait while something does. What is written
 * piece by piece out of one chunk goes on as one.
 */
export class Lane {
  readonly #direction: Direction
  readonly #ports: ActingPorts
  readonly #onCutOff: () => void
  readonly #onFinished: () => void
  #wakes: (() => void)[] = []
  readonly cutter: Cutter
  readonly #holds = new Set<Hold>()
  readonly #kept: Uint8Array[] = []
  #keptBytes = 0
  #running = false
  #swallows = false
  #closing = false
  #finished = false
  ended = false
  /** The receiver takes no more for now. */
  #blocked = false
  #reads = true
  #runs: Uint8Array[] = []
  /** What is being cut. */
  #chunk: Uint8Array | undefined

  constructor(direction: Direction, ports: ActingPorts, sink: LaneSink) {
    this.#direction = direction
    this.#ports = ports
    this.#onCutOff = sink.cutOff
    this.#onFinished = sink.finished
    this.cutter = new Cutter(direction === 'to-server' ? 'request' : 'response', sink)
  }

  /** Its sender has ended, and all that it said has been read. */
  get finished(): boolean {
    return this.#finished
  }

  push(bytes: Uint8Array): void {
    if (this.#swallows) return
    const taken = this.#kept.length > 0 || this.#holds.size > 0 || this.#running ? 0 : this.#cut(bytes)
    if (taken < bytes.length) this.#keep(bytes.slice(taken))
    this.#flow()
  }

  /** Goes no further, whatever comes; it is read all the same, so that its sender is noticed when it leaves. */
  swallow(): void {
    this.#swallows = true
    this.#kept.length = 0
    this.#keptBytes = 0
    this.hold('black-hole')
  }

  get swallows(): boolean {
    return this.#swallows
  }

  end(): void {
    this.ended = true
    this.#advance()
  }

  hold(why: Hold): void {
    this.#holds.add(why)
    this.cutter.stop()
    if (!this.#running) this.#flow()
  }

  isHeld(why: Hold): boolean {
    return this.#holds.has(why)
  }

  release(why: Hold): void {
    if (!this.#holds.delete(why) || this.#holds.size > 0) return
    this.cutter.go()
    this.#advance()
  }

  /** What follows a message that holds can be read. */
  resume(as: 'head' | 'raw'): void {
    this.cutter.resume(as)
    this.#advance()
  }

  drained(): void {
    this.#blocked = false
    const wakes = this.#wakes
    this.#wakes = []
    for (const wake of wakes) wake()
    this.#flow()
  }

  /** Resolves when the receiver takes more; undefined where it does. */
  room(): Promise<void> | undefined {
    return this.#blocked ? new Promise(resolve => this.#wakes.push(resolve)) : undefined
  }

  /** Sends bytes on as one with those before them, where that costs no copy, or a small one; views of what is pushed. */
  pass(bytes: Uint8Array): void {
    const last = this.#runs.at(-1)
    if (last?.buffer === bytes.buffer && last.byteOffset + last.length === bytes.byteOffset)
      this.#runs[this.#runs.length - 1] = new Uint8Array(last.buffer, last.byteOffset, last.length + bytes.length)
    else this.#runs.push(bytes)
    if (!this.#running) this.flush()
  }

  flush(): void {
    const runs = this.#runs
    const [first] = runs
    if (!first) return
    this.#runs = []
    if (runs.length === 1) return this.#write(this.#chunk && isSame(this.#chunk, first) ? this.#chunk : first)
    const length = runs.reduce((sum, run) => sum + run.length, 0)
    if (length <= mostJoined) return this.#write(Buffer.concat(runs, length))
    for (const run of runs) this.#write(run)
  }

  #write(bytes: Uint8Array): void {
    if (bytes.length > 0 && !this.#ports.write(this.#direction, bytes)) this.#blocked = true
  }

  #keep(bytes: Uint8Array): void {
    this.#kept.push(bytes)
    this.#keptBytes += bytes.length
  }

  #cut(bytes: Uint8Array): number {
    this.#running = true
    this.#chunk = bytes
    const taken = this.cutter.push(bytes)
    this.#running = false
    this.flush()
    this.#chunk = undefined
    return taken
  }

  /** Goes on with what was kept, as far as nothing holds it. */
  #advance(): void {
    if (this.#running) return
    while (this.#kept.length > 0 && this.#holds.size === 0 && this.cutter.state !== 'held') {
      const [bytes] = this.#kept
      const taken = this.#cut(bytes!)
      this.#keptBytes -= taken
      if (taken === bytes!.length) this.#kept.shift()
      else this.#kept[0] = bytes!.subarray(taken)
    }
    if (this.ended && !this.#finished && this.#kept.length === 0 && this.#holds.size === 0) this.#finish()
    this.#flow()
  }

  /** A body that ends with the connection is whole then, and may have to wait like any other. */
  #finish(): void {
    if (!this.#closing) {
      this.#closing = true
      this.#running = true
      this.cutter.finish()
      this.#onCutOff()
      this.#running = false
      this.flush()
    }
    if (this.#holds.size > 0) return
    this.#finished = true
    this.#onFinished()
  }

  #flow(): void {
    const waits = this.#holds.size > 0 || this.cutter.state === 'held' || this.#kept.length > 0
    const reads = !this.#blocked && !(waits && this.#keptBytes >= mostKept)
    if (reads === this.#reads) return
    this.#reads = reads
    this.#ports.flow(this.#direction, reads)
  }
}

/** Whether two views are of the same memory. */
const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.buffer === other.buffer && one.byteOffset === other.byteOffset && one.length === other.length
