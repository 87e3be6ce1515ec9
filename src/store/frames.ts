import type { DatabaseSync } from 'node:sqlite'
import type { ConnectionId } from '../model/connection.ts'
import type { FrameEntry } from '../model/frame-entry.ts'
import { type FramePage, unpackFrames } from './frame-page.ts'

export interface FrameQuery {
  /** Only frames of this stream. */
  readonly stream?: number
  /** Only frames from this index on; 0 where absent. */
  readonly from?: number
  readonly limit: number
}

export interface FrameQueries {
  /** Frames of a connection in the order of its log. Pages hang on `index`. */
  frames(id: ConnectionId, query: FrameQuery): FrameEntry[]
  frameCount(id: ConnectionId): number
}

export function frameQueries(database: DatabaseSync): FrameQueries {
  const pages = database.prepare(
    'SELECT first, count, packed FROM frames WHERE connection = ? AND first + count > ? ORDER BY first',
  )
  const count = database.prepare(
    'SELECT first + count AS n FROM frames WHERE connection = ? ORDER BY first DESC LIMIT 1',
  )
  return {
    frames(id, { stream, from = 0, limit }) {
      const found: FrameEntry[] = []
      for (const page of pages.iterate(id, from)) {
        for (const entry of unpackFrames(page as unknown as FramePage, stream)) {
          if (found.length >= limit) return found
          if (entry.index >= from) found.push(entry)
        }
      }
      return found
    },
    frameCount: id => (count.get(id)?.n as number | undefined) ?? 0,
  }
}
