import type { ActedEvent } from '../../src/model/acted-event.ts'
import type { ConnectionEvent } from '../../src/model/connection-event.ts'
import type { LegName } from '../../src/model/party.ts'
import type { Slab } from '../../src/tape/entry.ts'
import type { Lane, TapeListener } from '../../src/tape/recording.ts'
import { readSlab } from '../../src/tape/slab-reader.ts'

/** What a tape said, one entry after the other, with bytes copied. */
export type Logged =
  | { readonly kind: 'event'; readonly connection: number; readonly at: number; readonly event: ConnectionEvent }
  | { readonly kind: 'wire'; readonly stream: string; readonly at: number; readonly position: number; bytes: Buffer }
  | { readonly kind: 'record-headers'; readonly stream: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'content'; readonly stream: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'gap'; readonly stream: string; readonly at: number; readonly length: number }
  | { readonly kind: 'acted'; readonly exchange: number; readonly at: number; readonly event: ActedEvent }
  | { readonly kind: 'head'; readonly stream: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'content-end'; readonly stream: string; readonly at: number }
  | { readonly kind: 'key-log'; readonly connection: number; readonly leg: LegName; at: number; line: string }

export const streamName = ({ connection, leg, direction, exchange }: Lane): string =>
  `c${connection} ${leg} ${direction}${exchange === undefined ? '' : ` of ${exchange}`}`

/** Reads slabs to the list of all they say. */
export function logOf(slabs: readonly Slab[]): readonly Logged[] {
  const log: Logged[] = []
  const add = (logged: Logged): void => void log.push(logged)
  const listener: TapeListener = {
    event: (connection, at, event) => add({ kind: 'event', connection, at, event }),
    wire: (lane, at, position, bytes) =>
      add({ kind: 'wire', stream: streamName(lane), at, position, bytes: Buffer.from(bytes) }),
    recordHeaders: (lane, at, packed) =>
      add({ kind: 'record-headers', stream: streamName(lane), at, bytes: Buffer.from(packed) }),
    content: (lane, at, bytes) => add({ kind: 'content', stream: streamName(lane), at, bytes: Buffer.from(bytes) }),
    gap: (lane, at, length) => add({ kind: 'gap', stream: streamName(lane), at, length }),
    acted: (_connection, exchange, at, event) => add({ kind: 'acted', exchange, at, event }),
    head: (lane, at, bytes) => add({ kind: 'head', stream: streamName(lane), at, bytes: Buffer.from(bytes) }),
    contentEnd: (lane, at) => add({ kind: 'content-end', stream: streamName(lane), at }),
    keyLog: (connection, leg, at, line) =>
      add({ kind: 'key-log', connection, leg, at, line: Buffer.from(line).toString('latin1') }),
  }
  for (const slab of slabs) readSlab(slab, listener)
  return log
}
