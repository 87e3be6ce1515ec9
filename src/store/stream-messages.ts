import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { ExchangeId } from '../model/exchange.ts'
import type { StreamMessage } from '../model/stream-message.ts'
import { directions } from './codes.ts'
import { bytes, checked, flag, oneOf, record, time, whole } from './shape.ts'

/** What `flags` of a row says. */
const bit = { compressed: 1, incomplete: 2 } as const

export type InsertMessage = (exchange: ExchangeId, message: StreamMessage) => void

/** The write side. */
export function messageInserter(database: DatabaseSync): InsertMessage {
  const insert = database.prepare(
    `INSERT INTO stream_messages(exchange, seq, at, ended_at, direction, opcode, flags, frames, length, bytes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return (exchange, { seq, at, endedAt, direction, opcode, frames, compressed, complete, length, bytes: kept }) => {
    const flags = (compressed ? bit.compressed : 0) | (complete ? 0 : bit.incomplete)
    insert.run(exchange, seq, at, endedAt, directions.indexOf(direction), opcode, flags, frames, length, kept)
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

const messageShape = record<StreamMessage>({
  seq: whole,
  direction: oneOf(...directions),
  at: time,
  endedAt: time,
  opcode: whole,
  frames: whole,
  compressed: flag,
  complete: flag,
  length: whole,
  bytes,
})

const messageOf = (row: Record<string, SQLOutputValue>): StreamMessage =>
  checked(asMessage(row), messageShape, `a message of exchange ${row.exchange}`)

const asMessage = (row: Record<string, SQLOutputValue>): unknown => ({
  seq: row.seq,
  direction: directions[row.direction as number],
  at: row.at,
  endedAt: row.ended_at,
  opcode: row.opcode,
  frames: row.frames,
  compressed: ((row.flags as number) & bit.compressed) !== 0,
  complete: ((row.flags as number) & bit.incomplete) === 0,
  length: row.length,
  bytes: row.bytes,
})
