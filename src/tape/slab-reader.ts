import { directionOfFlags, entryKind, headerBytes, legOfFlags, type Slab, slabHeaderBytes, slabState } from './entry.ts'
import type { Lane, TapeListener } from './recording.ts'

/** Reads one slab from end to end and frees it. Throws what the listener throws, and on a kind that it does not know. */
export function readSlab(slab: Slab, listener: TapeListener): void {
  try {
    readEntries(slab, listener)
  } finally {
    Atomics.store(new Int32Array(slab.buffer, 0, 1), 0, slabState.free)
  }
}

function readEntries(slab: Slab, listener: TapeListener): void {
  const view = new DataView(slab.buffer)
  for (let at = slabHeaderBytes; at < slab.used; ) {
    const kind = view.getUint8(at)
    const flags = view.getUint8(at + 1)
    const connection = view.getUint32(at + 2, true)
    const length = view.getUint32(at + 6, true)
    const time = view.getFloat64(at + 10, true)
    const position = view.getFloat64(at + 18, true)
    const exchange = view.getUint32(at + 26, true)
    const start = at + headerBytes
    at = start + length
    const bytes = Buffer.from(slab.buffer, start, length)
    const place = { connection, leg: legOfFlags(flags), direction: directionOfFlags(flags) }
    const lane: Lane = exchange === 0 ? place : { ...place, exchange }
    switch (kind) {
      case entryKind.event:
        listener.event(connection, time, JSON.parse(bytes.toString()))
        break
      case entryKind.wire:
        listener.wire(lane, time, position, bytes)
        break
      case entryKind.recordHeaders:
        listener.recordHeaders(lane, time, bytes)
        break
      case entryKind.content:
        listener.content(lane, time, bytes)
        break
      case entryKind.gap:
        listener.gap(lane, time, position)
        break
      case entryKind.head:
        listener.head(lane, time, bytes)
        break
      case entryKind.acted:
        listener.acted(connection, exchange, time, JSON.parse(bytes.toString()))
        break
      case entryKind.contentEnd:
        listener.contentEnd(lane, time)
        break
      case entryKind.keyLog:
        listener.keyLog(connection, lane.leg, time, bytes)
        break
      default:
        throw new Error(`tape: unknown entry kind ${kind} at byte ${start - headerBytes}`)
    }
  }
}
