import type { ConnectionId } from '../model/connection.ts'
import type { FrameTap } from '../observe/plain.ts'
import { FramePacker, type FramePage } from '../store/frame-page.ts'
import { hasFieldBlock } from '../wire/http2/field-fragment.ts'
import type { DynamicTable } from '../wire/http2/hpack/dynamic-table.ts'
import { tableBlock } from '../wire/http2/hpack/table-block.ts'

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
    const keepers = { 'to-server': new TableKeeper(), 'to-client': new TableKeeper() }
    return (direction, at, header, payload, table) => {
      const begins = table !== undefined && hasFieldBlock(header.type)
      const kept = begins ? keepers[direction].tableAt(table, header.length) : undefined
      log.packer.add(direction, at, header, payload, kept)
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

/** A table is kept from so many field blocks to the next, and only where that is cheap beside what they take. */
const leastBlocks = 256
const leastShare = 4 // times the table
const mostTable = 64 * 1024

/** Says when the dynamic table of a direction is to be kept, so that later ones can be told without all before. */
class TableKeeper {
  #blocks = 0
  #bytes = 0

  /** At the start of a field block of so many bytes. */
  tableAt(table: DynamicTable, length: number): Uint8Array | undefined {
    this.#bytes += length
    if (++this.#blocks <= leastBlocks || this.#bytes < table.size * leastShare || table.size > mostTable)
      return undefined
    this.#blocks = 0
    this.#bytes = 0
    return tableBlock(table)
  }
}
