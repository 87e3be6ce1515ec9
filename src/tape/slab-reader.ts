import type { ConnectionId } from '../model/connection.ts'
import type { ConnectionEvent } from '../model/connection-event.ts'
import type { Direction, LegName } from '../model/party.ts'
import { directionOfFlags, entryKind, headerBytes, legOfFlags, type Slab, slabHeaderBytes, slabState } from './entry.ts'

/** What a slab says, in order. Bytes are views into the slab: who keeps them copies them. */
export interface TapeListener {
  event(connection: ConnectionId, at: number, event: ConnectionEvent): unknown
  wire(
    connection: ConnectionId,
    leg: LegName,
    direction: Direction,
    at: number,
    position: number,
    bytes: Buffer,
  ): unknown
  recordHeaders(connection: ConnectionId, leg: LegName, direction: Direction, at: number, packed: Buffer): unknown
  plain(connection: ConnectionId, leg: LegName, direction: Direction, at: number, bytes: Buffer): unknown
  gap(connection: ConnectionId, leg: LegName, direction: Direction, at: number, length: number): unknown
  plainEnd(connection: ConnectionId, leg: LegName, direction: Direction, at: number): unknown
  keyLog(connection: ConnectionId, leg: LegName, line: string): unknown
}

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
    const start = at + headerBytes
    at = start + length
    const bytes = Buffer.from(slab.buffer, start, length)
    const leg = legOfFlags(flags)
    const direction = directionOfFlags(flags)
    switch (kind) {
      case entryKind.event:
        listener.event(connection, time, JSON.parse(bytes.toString()))
        break
      case entryKind.wire:
        listener.wire(connection, leg, direction, time, position, bytes)
        break
      case entryKind.recordHeaders:
        listener.recordHeaders(connection, leg, direction, time, bytes)
        break
      case entryKind.plain:
        listener.plain(connection, leg, direction, time, bytes)
        break
      case entryKind.gap:
        listener.gap(connection, leg, direction, time, position)
        break
      case entryKind.plainEnd:
        listener.plainEnd(connection, leg, direction, time)
        break
      case entryKind.keyLog:
        listener.keyLog(connection, leg, bytes.toString('latin1').trimEnd()) // Node ends its lines
        break
      default:
        throw new Error(`tape: unknown entry kind ${kind} at byte ${start - headerBytes}`)
    }
  }
}
