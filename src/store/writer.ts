import type { DatabaseSync } from 'node:sqlite'
import { connectionFlow, exchangeFlow, type Flow } from '../filter/flow.ts'
import type { ClientProcess, Connection, ConnectionId } from '../model/connection.ts'
import type { BodySide, Exchange, ExchangeId } from '../model/exchange.ts'
import type { HandshakeFacts } from '../model/handshake-facts.ts'
import type { Direction, LegName } from '../model/party.ts'
import type { ActedOnMessage, StreamMessage } from '../model/stream-message.ts'
import { BoundedMap } from '../wire/bounded-map.ts'
import type { RecordHeader, WireChunk } from '../wire/tls/capture.ts'
import { BelowTlsPacker } from './below-tls-packer.ts'
import { BodyWriter, refuseOtherBodies } from './body-writer.ts'
import type { CaptureWriter, Level } from './capture-writer.ts'
import { bodySides } from './codes.ts'
import { connectionTable } from './connection-table.ts'
import { encodeExchange } from './exchange-codec.ts'
import { flowTable } from './flow-table.ts'
import type { FramePage } from './frame-page.ts'
import { type Note, noteTable } from './notes.ts'
import { createDatabase } from './open-database.ts'
import { SizeLimit } from './size-limit.ts'
import { StoreError, type StoreErrorCode, storeError, withStoreErrors } from './store-error.ts'
import { actedOnInserter, messageInserter } from './stream-messages.ts'
import { type WriteStatements, writeStatements } from './write-statements.ts'

export type { CaptureWriter, Level } from './capture-writer.ts'

interface WriterOptions {
  readonly maxBytes?: number
  readonly now?: number
  /** Bytes that may still be written beside a file. */
  readonly room?: (path: string) => number
}

/** Makes a capture. `maxBytes`, of both its files, is where it counts as full. Throws StoreError, `store/exists` among others. */
export function openCaptureWriter(path: string, options: WriterOptions = {}): CaptureWriter {
  return withStoreErrors(path, () => {
    refuseOtherBodies(path)
    const database = createDatabase(path)
    database
      .prepare('INSERT INTO capture(one, started_at, flows, connections) VALUES (1, ?, 0, 0)')
      .run(options.now ?? Date.now())
    return new SqliteWriter(path, database, options)
  })
}

const passing: ReadonlySet<StoreErrorCode> = new Set(['store/disk-full', 'store/io'])
const noRow: ExchangeId = 0

class SqliteWriter implements CaptureWriter {
  readonly path: string
  failure: StoreError | undefined
  readonly #database: DatabaseSync
  readonly #flows
  readonly #connections
  readonly #messages
  readonly #actedOn
  readonly #notes
  readonly #statements
  readonly #belowTls: BelowTlsPacker
  readonly #connectionFlows = new BoundedMap<ConnectionId, ExchangeId>(10_000) // whose handshakes wait to be read
  #lastFlow = 0
  #lastFlowWritten = 0
  #lastConnectionWritten = 0
  #flowCount = 0
  #connectionCount = 0
  #inTransaction = false
  #failedAt = 0
  #failureTold = false
  readonly #limit: SizeLimit
  readonly #bodies: BodyWriter

  constructor(path: string, database: DatabaseSync, { maxBytes, room }: WriterOptions) {
    this.path = path
    this.#database = database
    this.#bodies = new BodyWriter(database, path)
    this.#limit = new SizeLimit(database, path, maxBytes, room)
    this.#flows = flowTable(database)
    this.#connections = connectionTable(database)
    this.#messages = messageInserter(database)
    this.#actedOn = actedOnInserter(database)
    this.#notes = noteTable(database)
    const statements = writeStatements(database)
    this.#statements = statements
    this.#belowTls = new BelowTlsPacker((connection, packed) => statements.belowTls.run(connection, packed))
  }

  get keepsBodies(): boolean {
    return !this.failure && this.#limit.keepsBodies
  }

  nextFlowId(): ExchangeId {
    return ++this.#lastFlow
  }

  begin(): void {
    this.#write(() => {})
  }

  commit(): void {
    if (this.#inTransaction)
      this.#write(s => {
        this.#bodies.settle()
        this.#belowTls.flush()
        s.totals.run(this.#flowCount, this.#connectionCount)
        s.commit.run()
        this.#inTransaction = false
      })
    if (this.failure) return this.#tellFailure()
    this.#limit.measure(this.#bodies.size)
  }

  resume(): boolean {
    if (!this.failure || !passing.has(this.failure.code) || !this.#limit.hasRoom) return false
    const failedAt = this.#failedAt
    const since = `${this.failure.message}: nothing was recorded from ${new Date(failedAt).toISOString()} on`
    this.failure = undefined
    this.#failureTold = false
    const counted = this.#database.prepare(
      'SELECT (SELECT count(*) FROM flows) AS flows, (SELECT count(*) FROM connections) AS connections',
    )
    this.#write(() => {
      const { flows, connections } = counted.get() as { flows: number; connections: number }
      this.#flowCount = flows
      this.#connectionCount = connections
    })
    this.event(Date.now(), 'warning', since)
    try {
      this.commit()
    } catch {
      this.#failedAt = failedAt
    }
    return this.failure === undefined
  }

  checkpoint(): void {
    if (this.failure || this.#inTransaction) return
    try {
      this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)')
    } catch {} // the log has it all the same
  }

  shrink(): void {
    this.#database.exec('PRAGMA shrink_memory')
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
    const flow =
      this.#connectionFlows.get(connection.id) ?? (connection.problems.length > 0 ? this.nextFlowId() : noRow)
    if (flow !== noRow) this.connectionFlow(connection, flow)
  }

  facts(connection: ConnectionId, facts: HandshakeFacts): void {
    this.#write(() => this.#connections.facts(connection, facts))
  }

  process(connection: ConnectionId, process: ClientProcess): void {
    this.#write(() => this.#connections.process(connection, process))
  }

  wire(connection: ConnectionId, leg: LegName, direction: Direction, chunk: WireChunk): void {
    this.#write(() => this.#belowTls.wire(connection, leg, direction, chunk))
  }

  recordHeader(connection: ConnectionId, leg: LegName, direction: Direction, header: RecordHeader): void {
    this.#write(() => this.#belowTls.header(connection, leg, direction, header))
  }

  keyLog(connection: ConnectionId, leg: LegName, line: string): void {
    this.#write(() => this.#belowTls.key(connection, leg, line))
  }

  exchange(exchange: Exchange, requestBody?: Uint8Array, responseBody?: Uint8Array): void {
    this.#limit.add((requestBody?.length ?? 0) + (responseBody?.length ?? 0))
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

  body(exchange: ExchangeId, side: BodySide, offset: number, bytes: Uint8Array): void {
    this.#limit.add(bytes.length)
    this.#write(() => this.#bodies.add(exchange, bodySides.indexOf(side), offset, bytes))
  }

  connectionFlow(connection: Connection, id: ExchangeId): void {
    this.#write(() => this.#putFlow(connectionFlow(connection, id)))
    this.#connectionFlows.set(connection.id, id)
  }

  spokenFor(connection: ConnectionId, row: ExchangeId | undefined): void {
    this.#connectionFlows.set(connection, noRow)
    if (row === undefined) return
    this.#write(s => s.deleteFlow.run(row))
    this.#flowCount--
  }

  frames(connection: ConnectionId, { first, count, packed }: FramePage): void {
    this.#write(s => s.frames.run(connection, first, count, packed))
  }

  streamMessage(exchange: ExchangeId, message: StreamMessage): void {
    this.#write(() => this.#messages(exchange, message))
  }

  actedOn(exchange: ExchangeId, seq: number, acted: ActedOnMessage): void {
    this.#limit.add(acted.server?.bytes.length ?? 0)
    this.#write(() => this.#actedOn(exchange, seq, acted))
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
      this.#bodies.close()
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

  #write(work: (statements: WriteStatements) => void): void {
    if (this.failure) return
    try {
      if (!this.#inTransaction) {
        this.#statements.begin.run()
        this.#inTransaction = true
      }
      work(this.#statements)
    } catch (cause) {
      const error = this.#limit.named(storeError(cause, this.path))
      if (!(error instanceof StoreError) || error.code === 'store/id-taken') throw error
      this.#fail(error) // not thrown here: who observes would lose the rest of its bytes
    }
  }

  #tellFailure(): void {
    if (this.#failureTold || !this.failure) return
    this.#failureTold = true
    throw this.failure
  }

  /** Keeps what the open transaction holds so far, where that is still possible. */
  #fail(error: StoreError): void {
    this.failure = error
    this.#failedAt = Date.now()
    for (const sql of ['COMMIT', 'ROLLBACK']) {
      try {
        if (this.#database.isTransaction) this.#database.exec(sql)
      } catch {}
    }
    this.#inTransaction = false
  }

  /** So that the file is whole by itself, also while a reader keeps the -wal in being. */
  #emptyLog(): void {
    try {
      this.#database.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)')
    } catch {} // a reader is in the middle of a read; the last to close, or the next to open, does it
  }
}
