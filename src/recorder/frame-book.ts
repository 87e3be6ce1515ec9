import type { ConnectionId } from '../model/connection.ts'
import type { FrameTap } from '../observe/plain.ts'
import { FramePacker, type FramePage } from '../store/frame-page.ts'
import { flag, frameType } from '../wire/http2/names.ts'

interface Log {
  readonly connection: ConnectionId
  readonly packer: FramePacker
  waiting: boolean
}

export type WriteFrames = (connection: ConnectionId, page: FramePage) => void

/** What one tick writes where many connections have frames: a page costs as much as a quarter of a small exchange. */
const pagesPerTick = 16
/** From so many waiting connections on, all are written at once. */
const mostWaiting = 256
/** A page of this many bytes is written at the next tick. */
const largePage = 32 * 1024

/** Gathers HTTP/2 frames, so that a tick writes those of a connection as one page. */
export class FrameBook {
  #waiting: Log[] = []
  #large = false

  /** The tap for a new connection. */
  tap(connection: ConnectionId): FrameTap {
    const log: Log = { connection, packer: new FramePacker(), waiting: false }
    return (direction, at, header, payload) => {
      log.packer.add(direction, at, header, payload && keptPart(header.type, header.flags, payload))
      if (log.packer.length > largePage) this.#large = true
      if (log.waiting) return
      log.waiting = true
      this.#waiting.push(log)
    }
  }

  /** Writes the pages that have waited longest, or `all`. */
  write(write: WriteFrames, all: boolean): void {
    const waiting = this.#waiting
    if (waiting.length === 0) return
    const now = all || this.#large || waiting.length > mostWaiting ? waiting : waiting.slice(0, pagesPerTick)
    this.#waiting = now === waiting ? [] : waiting.slice(pagesPerTick)
    this.#large = false
    for (const log of now) {
      log.waiting = false
      const page = log.packer.take()
      if (page) write(log.connection, page)
    }
  }
}

/** Field blocks stand decoded in their exchange; here is what stands before one. */
function keptPart(type: number, flags: number, payload: Uint8Array): Uint8Array | undefined {
  if (type === frameType.continuation) return undefined
  if (type !== frameType.headers) return payload
  const length = (flags & flag.padded ? 1 : 0) + (flags & flag.priority ? 5 : 0)
  return length === 0 ? undefined : payload.subarray(0, length)
}
