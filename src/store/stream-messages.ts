import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { ExchangeId } from '../model/exchange.ts'
import type { ActedOnMessage, StreamMessage } from '../model/stream-message.ts'
import { directions, messageActs } from './codes.ts'
import { bytes, checked, flag, oneOf, optional, record, ShapeError, time, whole } from './shape.ts'
import { acts } from './shapes.ts'

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

export type InsertActedOn = (exchange: ExchangeId, seq: number, acted: ActedOnMessage) => void

/** The write side of what Parley did with messages, which may be known before or after them. */
export function actedOnInserter(database: DatabaseSync): InsertActedOn {
  const insert = database.prepare(
    'INSERT INTO acted_messages(exchange, seq, how, acts, length, bytes) VALUES (?, ?, ?, ?, ?, ?)',
  )
  return (exchange, seq, { how, acts: done, server }) =>
    insert.run(
      exchange,
      seq,
      messageActs.indexOf(how),
      JSON.stringify(done),
      server?.length ?? null,
      server?.bytes ?? null,
    )
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
  const page = database.prepare(
    `SELECT m.*, a.how, a.acts, a.length AS other_length, a.bytes AS other_bytes FROM stream_messages m
      LEFT JOIN acted_messages a ON a.exchange = m.exchange AND a.seq = m.seq
      WHERE m.exchange = ? AND m.seq >= ? ORDER BY m.seq LIMIT ?`,
  )
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
  acted: optional(
    record<ActedOnMessage>({
      how: oneOf(...messageActs),
      acts,
      server: optional(record<NonNullable<ActedOnMessage['server']>>({ length: whole, bytes })),
    }),
  ),
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
  ...(row.how !== null && { acted: asActed(row) }),
})

const asActed = ({ how, acts: done, other_length: length, other_bytes: bytes }: Record<string, SQLOutputValue>) => ({
  how: messageActs[how as number],
  acts: parsed(done as string),
  ...(length !== null && { server: { length, bytes } }),
})

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new ShapeError('the acts of a message are not what Parley writes')
  }
}
