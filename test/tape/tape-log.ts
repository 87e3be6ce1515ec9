import type { ConnectionEvent } from '../../src/model/connection-event.ts'
import type { Direction, LegName } from '../../src/model/party.ts'
import type { Slab } from '../../src/tape/entry.ts'
import { readSlab, type TapeListener } from '../../src/tape/slab-reader.ts'

/** What a tape said, one entry after the other, with bytes copied. */
export type Logged =
  | { readonly kind: 'event'; readonly connection: number; readonly at: number; readonly event: ConnectionEvent }
  | { readonly kind: 'wire'; readonly stream: string; readonly at: number; readonly position: number; bytes: Buffer }
  | { readonly kind: 'record-headers'; readonly stream: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'plain'; readonly stream: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'gap'; readonly stream: string; readonly at: number; readonly length: number }
  | { readonly kind: 'plain-end'; readonly stream: string; readonly at: number }
  | { readonly kind: 'key-log'; readonly connection: number; readonly leg: LegName; readonly line: string }

export const streamName = (connection: number, leg: LegName, direction: Direction): string =>
  `c${connection} ${leg} ${direction}`

/** Reads slabs to the list of all they say. */
export function logOf(slabs: readonly Slab[]): readonly Logged[] {
  const log: Logged[] = []
  const listener: TapeListener = {
    event: (connection, at, event) => log.push({ kind: 'event', connection, at, event }),
    wire: (connection, leg, direction, at, position, bytes) =>
      log.push({
        kind: 'wire',
        stream: streamName(connection, leg, direction),
        at,
        position,
        bytes: Buffer.from(bytes),
      }),
    recordHeaders: (connection, leg, direction, at, packed) =>
      log.push({
        kind: 'record-headers',
        stream: streamName(connection, leg, direction),
        at,
        bytes: Buffer.from(packed),
      }),
    plain: (connection, leg, direction, at, bytes) =>
      log.push({ kind: 'plain', stream: streamName(connection, leg, direction), at, bytes: Buffer.from(bytes) }),
    gap: (connection, leg, direction, at, length) =>
      log.push({ kind: 'gap', stream: streamName(connection, leg, direction), at, length }),
    plainEnd: (connection, leg, direction, at) =>
      log.push({ kind: 'plain-end', stream: streamName(connection, leg, direction), at }),
    keyLog: (connection, leg, line) => log.push({ kind: 'key-log', connection, leg, line }),
  }
  for (const slab of slabs) readSlab(slab, listener)
  return log
}
