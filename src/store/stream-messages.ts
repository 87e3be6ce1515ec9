import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { ExchangeId } from '../model/exchange.ts'
import type { StreamMessage } from '../model/stream-message.ts'
import { directions } from './codes.ts'

/** What `flags` of a row says. */
const flag = { compressed: 1, incomplete: 2 } as const

export type InsertMessage = (exchange: ExchangeId, message: StreamMessage) => void

/** The write side. */
export function messageInserter(database: DatabaseSync): InsertMessage {
  const insert = database.prepare(
    `INSERT INTO stream_messages(exchange, seq, at, ended_at, direction, opcode, flags, frames, length, bytes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return (exchange, { seq, at, endedAt, direction, opcode, frames, compressed, complete, length, bytes }) => {
    const flags = (compressed ? flag.compressed : 0) | (complete ? 0 : flag.incomplete)
    insert.run(exchange, seq, at, endedAt, directions.indexOf(direction), opcode, flags, frames, length, bytes)
  }
}

export interface MessageQuery {
  /** Only messages from this `seq` on; 0 where absent. */
  readonly from?: number
  readonly limit: number
}

export interface MessageQueries {
  /** The messages of a WebSocket, in order. */
  streamMessages(id: ExchangeId, query: MessageQuery): StreamMessage[]
  streamMessageCount(id: ExchangeId): number
}

/** The messages of an exchange from a `seq` on, read one by one. */
export function messageReader(
  database: DatabaseSync,
): (id: ExchangeId, from: number, limit: number) => Iterable<StreamMessage> {
  const page = database.prepare('SELECT * FROM stream_messages WHERE exchange = ? AND seq >= ? ORDER BY seq LIMIT ?')
  return function* (id, from, limit) {
    for (const row of page.iterate(id, from, limit)) yield messageOf(row)
  }
}

export function messageQueries(database: DatabaseSync): MessageQueries {
  const read = messageReader(database)
  const last = database.prepare('SELECT max(seq) AS n FROM stream_messages WHERE exchange = ?')
  return {
    streamMessages: (id, { from = 0, limit }) => [...read(id, from, limit)],
    streamMessageCount: id => ((last.get(id)?.n as number | null) ?? -1) + 1,
  }
}

const messageOf = (row: Record<string, SQLOutputValue>): StreamMessage => ({
  seq: row.seq as number,
  direction: directions[row.direction as number] ?? 'to-server',
  at: row.at as number,
  endedAt: row.ended_at as number,
  opcode: row.opcode as number,
  frames: row.frames as number,
  compressed: ((row.flags as number) & flag.compressed) !== 0,
  complete: ((row.flags as number) & flag.incomplete) === 0,
  length: row.length as number,
  bytes: row.bytes as Uint8Array,
})
