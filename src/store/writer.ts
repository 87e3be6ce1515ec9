import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { connectionFlow, exchangeFlow, type Flow } from '../filter/flow.ts'
import type { ClientProcess, Connection, ConnectionId } from '../model/connection.ts'
import type { Exchange, ExchangeId, Side } from '../model/exchange.ts'
import type { HandshakeFacts } from '../model/handshake-facts.ts'
import type { Direction, LegName } from '../model/party.ts'
import type { StreamMessage } from '../model/stream-message.ts'
import { BoundedMap } from '../wire/bounded-map.ts'
import type { WireChunk } from '../wire/tls/capture.ts'
import { directions, legs, sides } from './codes.ts'
import { connectionTable } from './connection-table.ts'
import { encodeExchange } from './exchange-codec.ts'
import { flowTable } from './flow-table.ts'
import type { FramePage } from './frame-page.ts'
import { type Note, noteTable } from './notes.ts'
import { createDatabase } from './open-database.ts'
import { StoreError, storeError, withStoreErrors } from './store-error.ts'
import { messageInserter } from './stream-messages.ts'

export type Level = 'debug' | 'info' | 'warning' | 'error'

/**
 * The only writer of a capture file. A write opens a transaction where there is none; others see it after commit().
 * The first error of SQLite is thrown as a StoreError; after it every call does nothing, so that the traffic goes on.
 */
export interface CaptureWriter {
  readonly path: string
  /** The error that ended the writing. */
  readonly failure: StoreError | undefined
  /** False near `maxBytes`: what room is left is for rows. */
  readonly keepsBodies: boolean
  /** The next number of the sequence that exchanges and connections' flows share: the id for a new one of either. */
  nextFlowId(): ExchangeId
  begin(): void
  commit(): void
  /** Insert, or replace. */
  connection(connection: Connection): void
  /** A connection that was written before, with its last word; its flow, where it has one, says the same. */
  explained(connection: Connection): void
  /** What the dissected handshakes say, for filters; the connection must have been written before. */
  facts(connection: ConnectionId, facts: HandshakeFacts): void
  /** Who opened it; the connection must have been written before. */
  process(connection: ConnectionId, process: ClientProcess): void
  wire(connection: ConnectionId, leg: LegName, direction: Direction, chunk: WireChunk): void
  /** `packed` as record-headers.ts has it. */
  recordHeaders(connection: ConnectionId, leg: LegName, direction: Direction, packed: Uint8Array): void
  keyLog(connection: ConnectionId, leg: LegName, line: string): void
  /** Insert, or replace. The bodies are their first part, from offset 0; one that is left out stays as it was. */
  exchange(exchange: Exchange, requestBody?: Uint8Array, responseBody?: Uint8Array): void
  /** A later part; `offset` counts every byte of the body, kept or not. */
  body(exchange: ExchangeId, side: Side, offset: number, bytes: Uint8Array): void
  /** Shows the connection in the list, as the flow with this id. Insert, or replace. */
  connectionFlow(connection: Connection, id: ExchangeId): void
  /** The page must begin where the connection's last one ended. */
  frames(connection: ConnectionId, page: FramePage): void
  streamMessage(exchange: ExchangeId, message: StreamMessage): void
  note(flow: ExchangeId, note: Note): void
  event(at: number, level: Level, text: string): void
  /** Commits what is open and leaves one whole file; -wal and -shm go too, unless a reader still has it open. */
  close(): void
}

/** Makes a capture file. `maxBytes` is where it counts as full. Throws StoreError, `store/exists` among others. */
export function openCaptureWriter(path: string, options: { maxBytes?: number; now?: number } = {}): CaptureWriter {
  return withStoreErrors(path, () => {
    const database = createDatabase(path)
    database
      .prepare('INSERT INTO capture(one, started_at, flows, connections) VALUES (1, ?, 0, 0)')
      .run(options.now ?? Date.now())
    if (options.maxBytes !== undefined) {
      const { page_size } = database.prepare('PRAGMA page_size').get() as { page_size: number }
      database.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(options.maxBytes / page_size))}`)
    }
    return new SqliteWriter(path, database, options.maxBytes)
  })
}

const bodyShare = 0.75 // of `maxBytes`: 2 GB leave room for the rows of some hundred thousand flows

class SqliteWriter implements CaptureWriter {
  readonly path: string
  failure: StoreError | undefined
  readonly #database: DatabaseSync
  readonly #flows
  readonly #connections
  readonly #messages
  readonly #notes
  readonly #statements
  readonly #connectionFlows = new BoundedMap<ConnectionId, ExchangeId>(1000) // whose handshakes wait to be read
  #lastFlow = 0
  #lastFlowWritten = 0
  #lastConnectionWritten = 0
  #flowCount = 0
  #connectionCount = 0
  #inTransaction = false
  readonly #maxBytes: number
  readonly #size: StatementSync
  /** Bytes of the file when it was looked at last, and of bodies since. */
  #used = 0
  #added = 0

  constructor(path: string, database: DatabaseSync, maxBytes = Number.POSITIVE_INFINITY) {
    this.path = path
    this.#maxBytes = maxBytes
    this.#size = database.prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size')
    this.#database = database
    this.#flows = flowTable(database)
    this.#connections = connectionTable(database)
    this.#messages = messageInserter(database)
    this.#notes = noteTable(database)
    this.#statements = prepare(database)
  }

  get keepsBodies(): boolean {
    return this.#used + this.#added < this.#maxBytes * bodyShare
  }

  nextFlowId(): ExchangeId {
    return ++this.#lastFlow
  }

  begin(): void {
    this.#write(() => {})
  }

  commit(): void {
    if (this.failure || !this.#inTransaction) return
    this.#write(s => {
      s.totals.run(this.#flowCount, this.#connectionCount)
      s.commit.run()
      this.#inTransaction = false
    })
    if (this.#maxBytes === Number.POSITIVE_INFINITY) return
    this.#used = this.#size.get()!.bytes as number
    this.#added = 0
  }

  connection(connection: Connection): void {
    this.#write(() => {
      if (connection.id <= this.#lastConnectionWritten && this.#connections.update(connection)) return
      this.#connections.insert(connection)
      this.#connectionCount++
      this.#lastConnectionWritten = Math.max(this.#lastConnectionWritten, connection.id)
    })
  }

  explained(connection: Connection): void {
    this.connection(connection)
    const flow = this.#connectionFlows.get(connection.id)
    if (flow !== undefined) this.connectionFlow(connection, flow)
  }

  facts(connection: ConnectionId, facts: HandshakeFacts): void {
    this.#write(() => this.#connections.facts(connection, facts))
  }

  process(connection: ConnectionId, process: ClientProcess): void {
    this.#write(() => this.#connections.process(connection, process))
  }

  wire(connection: ConnectionId, leg: LegName, direction: Direction, { offset, at, bytes }: WireChunk): void {
    this.#write(s => s.wire.run(connection, legs.indexOf(leg), directions.indexOf(direction), offset, at, bytes))
  }

  recordHeaders(connection: ConnectionId, leg: LegName, direction: Direction, packed: Uint8Array): void {
    this.#write(s => s.recordHeaders.run(connection, legs.indexOf(leg), directions.indexOf(direction), packed))
  }

  keyLog(connection: ConnectionId, leg: LegName, line: string): void {
    this.#write(s => s.keyLog.run(connection, legs.indexOf(leg), line))
  }

  exchange(exchange: Exchange, requestBody?: Uint8Array, responseBody?: Uint8Array): void {
    this.#added += (requestBody?.length ?? 0) + (responseBody?.length ?? 0)
    this.#write(s => {
      const { id } = exchange
      const text = encodeExchange(exchange)
      if (this.#putFlow(exchangeFlow(exchange))) {
        s.insertMessage.run(id, text, requestBody ?? null, responseBody ?? null)
      } else if (requestBody || responseBody) {
        s.updateMessage.run(text, requestBody ?? null, responseBody ?? null, id)
      } else s.updateExchange.run(text, id)
    })
  }

  body(exchange: ExchangeId, side: Side, offset: number, bytes: Uint8Array): void {
    this.#added += bytes.length
    this.#write(s => s.body.run(exchange, sides.indexOf(side), offset, bytes))
  }

  connectionFlow(connection: Connection, id: ExchangeId): void {
    this.#write(() => this.#putFlow(connectionFlow(connection, id)))
    this.#connectionFlows.set(connection.id, id)
  }

  frames(connection: ConnectionId, { first, count, packed }: FramePage): void {
    this.#write(s => s.frames.run(connection, first, count, packed))
  }

  streamMessage(exchange: ExchangeId, message: StreamMessage): void {
    this.#write(() => this.#messages(exchange, message))
  }

  note(flow: ExchangeId, note: Note): void {
    this.#write(() => this.#notes(flow, note))
  }

  event(at: number, level: Level, text: string): void {
    this.#write(s => s.event.run(at, level, text))
  }

  close(): void {
    if (!this.#database.isOpen) return
    try {
      this.commit()
      if (!this.failure) this.#emptyLog()
    } finally {
      this.#database.close()
    }
  }

  /** True where the row is new. */
  #putFlow(flow: Flow): boolean {
    if (flow.id <= this.#lastFlowWritten && this.#flows.update(flow)) return false
    if (!this.#flows.insert(flow))
      throw new StoreError('store/id-taken', `${flow.kind} ${flow.id} has that of another: use nextFlowId`)
    this.#flowCount++
    this.#lastFlowWritten = Math.max(this.#lastFlowWritten, flow.id)
    this.#lastFlow = Math.max(this.#lastFlow, flow.id)
    return true
  }

  #write(work: (statements: ReturnType<typeof prepare>) => void): void {
    if (this.failure) return
    try {
      if (!this.#inTransaction) {
        this.#statements.begin.run()
        this.#inTransaction = true
      }
      work(this.#statements)
    } catch (cause) {
      const error = this.#ofLimit(storeError(cause, this.path))
      if (error instanceof StoreError && error.code !== 'store/id-taken') this.#fail(error)
      throw error
    }
  }

  /** SQLite says of its own limit, too, that the disk is full. */
  #ofLimit(error: unknown): unknown {
    if (!(error instanceof StoreError) || error.code !== 'store/disk-full') return error
    if (this.#used + this.#added < this.#maxBytes * bodyShare) return error
    return new StoreError('store/disk-limit', this.path, error.cause)
  }

  /** Keeps what the open transaction holds so far, where that is still possible. */
  #fail(error: StoreError): void {
    this.failure = error
    for (const sql of ['COMMIT', 'ROLLBACK']) {
      try {
        if (this.#database.isTransaction) this.#database.exec(sql)
      } catch {}
    }
  }

  /** So that the file is whole by itself, also while a reader keeps the -wal in being. */
  #emptyLog(): void {
    try {
      this.#database.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)')
    } catch {} // a reader is in the middle of a read; the last to close, or the next to open, does it
  }
}

function prepare(
  database: DatabaseSync,
): Readonly<
  Record<
    | ('begin' | 'commit' | 'totals' | 'wire' | 'recordHeaders' | 'keyLog' | 'insertMessage' | 'updateMessage')
    | ('updateExchange' | 'body' | 'frames' | 'event'),
    StatementSync
  >
> {
  const sql = (text: string): StatementSync => database.prepare(text)
  return {
    begin: sql('BEGIN IMMEDIATE'),
    commit: sql('COMMIT'),
    totals: sql('UPDATE capture SET flows = ?, connections = ?'),
    wire: sql('INSERT INTO wire(connection, leg, direction, offset, at, bytes) VALUES (?, ?, ?, ?, ?, ?)'),
    recordHeaders: sql('INSERT INTO record_headers(connection, leg, direction, packed) VALUES (?, ?, ?, ?)'),
    keyLog: sql('INSERT INTO keys(connection, leg, line) VALUES (?, ?, ?)'),
    insertMessage: sql('INSERT INTO messages(id, exchange, request_body, response_body) VALUES (?, ?, ?, ?)'),
    updateMessage: sql(
      `UPDATE messages SET exchange = ?, request_body = coalesce(?, request_body),
        response_body = coalesce(?, response_body) WHERE id = ?`,
    ),
    updateExchange: sql('UPDATE messages SET exchange = ? WHERE id = ?'),
    body: sql('INSERT INTO bodies(exchange, side, offset, bytes) VALUES (?, ?, ?, ?)'),
    frames: sql('INSERT INTO frames(connection, first, count, packed) VALUES (?, ?, ?, ?)'),
    event: sql('INSERT INTO events(at, level, text) VALUES (?, ?, ?)'),
  }
}
