import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { ConnectionId } from '../model/connection.ts'
import type { FrameEntry } from '../model/frame-entry.ts'
import { hasFieldBlock } from '../wire/http2/field-fragment.ts'
import { flag, frameType } from '../wire/http2/names.ts'
import { type FrameChoice, type FramePage, unpackFrames } from './frame-page.ts'
import { bytes, checked, record, whole } from './shape.ts'

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
  /** What says the field block that a frame carries a part of; undefined where it carries none. */
  fieldFrames(id: ConnectionId, index: number): FieldFrames | undefined
}

/** The frames of one direction that carry field blocks, up to the end of one block. */
export interface FieldFrames {
  /** The first has the dynamic table with it, or is the connection's first. */
  readonly frames: readonly FrameEntry[]
  /** False where that was too far back, and the first is any. */
  readonly whole: boolean
}

const mostBlocks = 100_000 // frames that are read to tell one table: some 800 ms
const mostBytes = 16 * 1024 * 1024

const pageShape = record<FramePage>({ first: whole, count: whole, packed: bytes })

function* pagesOf(statement: StatementSync, id: ConnectionId, index: number): Iterable<FramePage> {
  for (const row of statement.iterate(id, index)) yield checked(row, pageShape, `the frames of connection ${id}`)
}

export function frameQueries(database: DatabaseSync): FrameQueries {
  const pages = database.prepare(
    'SELECT first, count, packed FROM frames WHERE connection = ? AND first + count > ? ORDER BY first',
  )
  const count = database.prepare(
    'SELECT first + count AS n FROM frames WHERE connection = ? ORDER BY first DESC LIMIT 1',
  )
  const back = database.prepare(
    'SELECT first, count, packed FROM frames WHERE connection = ? AND first <= ? ORDER BY first DESC',
  )
  const frames: FrameQueries['frames'] = (id, { stream, from = 0, limit }) => {
    const wanted: FrameChoice | undefined = stream === undefined ? undefined : (_, on) => on === stream
    const found: FrameEntry[] = []
    for (const page of pagesOf(pages, id, from)) {
      for (const entry of unpackFrames(page, wanted)) {
        if (found.length >= limit) return found
        if (entry.index >= from) found.push(entry)
      }
    }
    return found
  }
  return {
    frames,
    frameCount: id => (count.get(id)?.n as number | undefined) ?? 0,
    fieldFrames(id, index) {
      const frame = frames(id, { from: index, limit: 1 })[0]
      if (!frame || !hasFieldBlock(frame.type)) return undefined
      const wanted: FrameChoice = (type, _, direction) => direction === frame.direction && hasFieldBlock(type)
      const before = upTo(pagesOf(back, id, index), index, wanted)
      const after = frame.flags & flag.endHeaders ? [] : continuations(pagesOf(pages, id, index + 1), index + 1, wanted)
      return { ...before, frames: [...before.frames, ...after] }
    },
  }
}

/** Those up to this frame, from the last one that has the table with it. `pages` come newest first. */
function upTo(pages: Iterable<FramePage>, index: number, wanted: FrameChoice): FieldFrames {
  const found: FrameEntry[][] = []
  let blocks = 0
  let size = 0
  let whole = true
  for (const page of pages) {
    const entries = unpackFrames(page, wanted).filter(entry => entry.index <= index)
    const start = entries.findLastIndex(({ table }) => table !== undefined)
    found.push(entries.slice(Math.max(0, start)))
    blocks += entries.length
    if (entries.length > 0) size += page.packed.length
    whole = start >= 0 || (blocks <= mostBlocks && size <= mostBytes)
    if (start >= 0 || !whole) break
  }
  return { frames: found.reverse().flat(), whole }
}

/** The CONTINUATION frames from this index on. */
function continuations(pages: Iterable<FramePage>, from: number, wanted: FrameChoice): FrameEntry[] {
  const found: FrameEntry[] = []
  let size = 0
  for (const page of pages) {
    for (const entry of unpackFrames(page, wanted)) {
      if (entry.index < from) continue
      if (entry.type !== frameType.continuation || found.length >= mostBlocks || size > mostBytes) return found
      found.push(entry)
      size += entry.payload?.length ?? 0
      if (entry.flags & flag.endHeaders) return found
    }
  }
  return found
}
