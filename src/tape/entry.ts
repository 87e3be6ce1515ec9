import type { Direction, LegName } from '../model/party.ts'

/**
 * The layout of a slab: its state, then entries one after the other, each a header and its payload, little-endian.
 */
/** kind u8, flags u8, connection u32, payload length u32, at f64, position f64, exchange u32: 0 where it is none's. */
export const headerBytes = 30

export const entryKind = {
  /** JSON of a ConnectionEvent. */
  event: 1,
  /** Bytes below TLS, kept whole; position is that of the first in the TCP payload of its direction. */
  wire: 2,
  /** Record headers below TLS whose fragments were not kept, see record-headers.ts. */
  recordHeaders: 3,
  /** Bytes above TLS, or the whole stream where there is none. */
  content: 4,
  /** Content that passed while the tape was full: position is its length. */
  gap: 5,
  /** A key log line. */
  keyLog: 6,
  /** The content of that direction ended. */
  contentEnd: 7,
  /** The head that one exchange has there. */
  head: 8,
  /** JSON of an ActedEvent. */
  acted: 9,
} as const

export type EntryKind = (typeof entryKind)[keyof typeof entryKind]

export const flagsOf = (leg: LegName, direction: Direction): number =>
  (leg === 'upstream' ? 1 : 0) | (direction === 'to-client' ? 2 : 0)
export const legOfFlags = (flags: number): LegName => (flags & 1 ? 'upstream' : 'client')
export const directionOfFlags = (flags: number): Direction => (flags & 2 ? 'to-client' : 'to-server')

/** Int32 at the start of a slab: busy while the recorder has it. Entries start behind it. */
export const slabState = { free: 0, busy: 1 } as const
export const slabHeaderBytes = 8

/** What is posted to the recorder. The buffer is shared; the recorder sets its state to free when it has read it. */
export interface Slab {
  readonly buffer: SharedArrayBuffer
  /** Where the entries end. */
  readonly used: number
  /** Slabs with the recorder when this one left: how far it is behind. */
  readonly behind: number
}
