import type { ActedEvent } from '../model/acted-event.ts'
import type { ConnectionId } from '../model/connection.ts'
import type { ConnectionEvent } from '../model/connection-event.ts'
import type { LegName } from '../model/party.ts'
import { type EntryKind, entryKind, flagsOf, headerBytes, type Slab, slabHeaderBytes, slabState } from './entry.ts'
import type { Lane, Recording } from './recording.ts'

export interface SlabWriterOptions {
  readonly slabBytes?: number
  /** Slabs that may be with the recorder before content is dropped. */
  readonly mostSlabs?: number
  /** How long written entries may wait for company, in ms. */
  readonly lingerMs?: number
  /** The ciphertext of application data is wanted as well. */
  readonly keepsCiphertext?: boolean
}

const none = new Uint8Array(0)
const brim = 2 // times as many slabs, from which on outlines are dropped as well

/** Events and keys belong to no direction; they are written as of this one. */
const laneOf = (connection: ConnectionId, leg: LegName = 'client'): Lane => ({
  connection,
  leg,
  direction: 'to-server',
})

interface Gap {
  readonly lane: Lane
  readonly at: number
  length: number
}

/**
 * Copies what the engine sees into slabs and sends them on. Never waits: when the recorder is too far behind, content
 * becomes gaps of the same length but for its lane's outline, while events, handshakes and keys still go through.
 */
export class SlabWriter implements Recording {
  /** Absent where it is not wanted. */
  readonly ciphertext: Recording['wire'] | undefined
  readonly #send: (slab: Slab) => void
  readonly #slabBytes: number
  readonly #mostSlabs: number
  readonly #lingerMs: number
  /** The first word of each slab, which is its state. */
  readonly #pool: Int32Array<SharedArrayBuffer>[] = []
  readonly #gaps = new Map<number, Gap>()
  #buffer!: SharedArrayBuffer
  #view!: DataView
  #bytes!: Uint8Array
  #at = slabHeaderBytes
  /** The slab that is written is one more than there should be: what can be dropped has no room in it. */
  #over = false
  #timer: NodeJS.Timeout | undefined
  #sentAt = Number.NEGATIVE_INFINITY
  readonly #flush = () => this.flush()
  /** A recorder that has a slab to read gets whole ones: sent by the clock, a few bytes each would soon be too many. */
  readonly #linger = () => {
    this.#timer = undefined
    if (this.#pool.some(state => state.buffer !== this.#buffer && isBusy(state))) this.#wait().unref()
    else this.flush()
  }

  constructor(send: (slab: Slab) => void, options: SlabWriterOptions = {}) {
    this.#send = send
    this.#slabBytes = options.slabBytes ?? 256 * 1024
    this.#mostSlabs = options.mostSlabs ?? 160
    this.#lingerMs = options.lingerMs ?? 8
    if (options.keepsCiphertext) this.ciphertext = (...of) => this.#ciphertext(...of)
    this.#take(this.#slabBytes)
  }

  /**
   * After a pause the recorder hears of a new connection at once: who opened it can only be found out while it lasts.
   * In busy times it hears of several together.
   */
  event(connection: ConnectionId, at: number, event: ConnectionEvent): void {
    if (event.type === 'opened' && performance.now() - this.#sentAt >= this.#lingerMs) setImmediate(this.#flush)
    this.#whole(entryKind.event, laneOf(connection), at, Buffer.from(JSON.stringify(event)))
  }

  keyLog(connection: ConnectionId, leg: LegName, at: number, line: Uint8Array): void {
    this.#whole(entryKind.keyLog, laneOf(connection, leg), at, line)
  }

  recordHeaders(lane: Lane, at: number, packed: Uint8Array): void {
    this.#whole(entryKind.recordHeaders, lane, at, packed)
  }

  /** May be split over entries, never dropped. */
  wire(lane: Lane, at: number, position: number, bytes: Uint8Array): void {
    this.#stream(entryKind.wire, lane, at, position, bytes)
  }

  /** Goes missing later than content: whoever wants it wants all of it. */
  #ciphertext(lane: Lane, at: number, position: number, bytes: Uint8Array): void {
    if (this.#pool.length > this.#mostSlabs * brim && this.#full(bytes.length)) return
    this.#stream(entryKind.wire, lane, at, position, bytes)
  }

  content(lane: Lane, at: number, bytes: Uint8Array): void {
    const { outline } = lane
    if (!this.#full(bytes.length)) {
      outline?.follow(bytes)
      this.#stream(entryKind.content, lane, at, 0, bytes)
    } else if (outline && this.#pool.length <= this.#mostSlabs * brim) {
      outline.cut(
        bytes,
        part => this.#stream(entryKind.content, lane, at, 0, part),
        length => this.#drop(lane, at, length),
      )
    } else {
      outline?.follow(bytes)
      this.#drop(lane, at, bytes.length)
    }
  }

  head(lane: Lane, at: number, bytes: Uint8Array): void {
    this.#whole(entryKind.head, lane, at, bytes)
  }

  acted(connection: ConnectionId, exchange: number, at: number, event: ActedEvent): void {
    this.#whole(entryKind.acted, { ...laneOf(connection), exchange }, at, Buffer.from(JSON.stringify(event)))
  }

  contentEnd(lane: Lane, at: number): void {
    this.#whole(entryKind.contentEnd, lane, at, none)
  }

  /** Sends what is written. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#at === slabHeaderBytes) return
    setState(this.#buffer, slabState.busy)
    this.#sentAt = performance.now()
    this.#send({ buffer: this.#buffer, used: this.#at, behind: this.#pool.filter(isBusy).length })
    this.#take(this.#slabBytes)
  }

  /** Lets go of slabs that a busy time needed. */
  trim(): void {
    const needed = this.#pool.filter(state => state.buffer === this.#buffer || isBusy(state))
    this.#pool.splice(0, this.#pool.length, ...needed)
  }

  /** Streams may be cut anywhere, so a slab is filled to its end. */
  #stream(kind: EntryKind, lane: Lane, at: number, position: number, bytes: Uint8Array): void {
    if (this.#gaps.size > 0) this.#writeGaps()
    for (let from = 0; from < bytes.length; ) {
      const room = this.#bytes.length - this.#at - headerBytes
      if (room <= 0) {
        this.flush()
        continue
      }
      const part = from === 0 && bytes.length <= room ? bytes : bytes.subarray(from, from + room)
      this.#header(kind, lane, at, position + from, part.length)
      this.#payload(part)
      from += part.length
    }
  }

  #whole(kind: EntryKind, lane: Lane, at: number, bytes: Uint8Array): void {
    if (this.#gaps.size > 0) this.#writeGaps()
    this.#room(headerBytes + bytes.length)
    this.#header(kind, lane, at, 0, bytes.length)
    this.#payload(bytes)
  }

  #header(kind: EntryKind, lane: Lane, at: number, position: number, length: number): void {
    const view = this.#view
    const start = this.#at
    view.setUint8(start, kind)
    view.setUint8(start + 1, flagsOf(lane.leg, lane.direction))
    view.setUint32(start + 2, lane.connection, true)
    view.setUint32(start + 6, length, true)
    view.setFloat64(start + 10, at, true)
    view.setFloat64(start + 18, position, true)
    view.setUint32(start + 26, lane.exchange ?? 0, true)
    this.#at = start + headerBytes
  }

  #payload(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.#at)
    this.#at += bytes.length
    this.#wait()
  }

  #wait(): NodeJS.Timeout {
    this.#timer ??= setTimeout(this.#linger, this.#lingerMs)
    return this.#timer
  }

  #room(length: number): void {
    if (length <= this.#bytes.length - this.#at) return
    this.flush()
    if (slabHeaderBytes + length > this.#bytes.length) this.#take(slabHeaderBytes + length)
  }

  /** Goes on in a slab that the recorder has read, or in a new one. */
  #take(length: number): void {
    const pooled = length === this.#slabBytes
    let buffer = pooled ? this.#pool.find(state => state.buffer !== this.#buffer && !isBusy(state))?.buffer : undefined
    this.#over = buffer === undefined && this.#pool.length >= this.#mostSlabs
    if (!buffer) {
      buffer = new SharedArrayBuffer(length)
      if (pooled) this.#pool.push(new Int32Array(buffer, 0, 1))
    }
    this.#buffer = buffer
    this.#view = new DataView(buffer)
    this.#bytes = new Uint8Array(buffer)
    this.#at = slabHeaderBytes
  }

  #full(length: number): boolean {
    if (!this.#over && length + headerBytes <= this.#bytes.length - this.#at) return false
    const { length: slabs } = this.#pool
    return slabs > this.#mostSlabs && this.#pool.every(state => state.buffer === this.#buffer || isBusy(state))
  }

  #drop(lane: Lane, at: number, length: number): void {
    const key = ((lane.exchange ?? 0) * 2 ** 32 + lane.connection) * 4 + flagsOf(lane.leg, lane.direction)
    const gap = this.#gaps.get(key)
    if (gap) gap.length += length
    else this.#gaps.set(key, { lane, at, length })
  }

  #writeGaps(): void {
    const gaps = [...this.#gaps.values()]
    this.#gaps.clear()
    for (const gap of gaps) {
      this.#room(headerBytes)
      this.#header(entryKind.gap, gap.lane, gap.at, gap.length, 0)
      this.#payload(none)
    }
  }
}

const isBusy = (state: Int32Array): boolean => Atomics.load(state, 0) === slabState.busy

function setState(buffer: SharedArrayBuffer, state: number): void {
  Atomics.store(new Int32Array(buffer, 0, 1), 0, state)
}
