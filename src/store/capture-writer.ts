import type { ClientProcess, Connection, ConnectionId } from '../model/connection.ts'
import type { BodySide, Exchange, ExchangeId } from '../model/exchange.ts'
import type { HandshakeFacts } from '../model/handshake-facts.ts'
import type { Direction, LegName } from '../model/party.ts'
import type { ActedOnMessage, StreamMessage } from '../model/stream-message.ts'
import type { RecordHeader, WireChunk } from '../wire/tls/capture.ts'
import type { FramePage } from './frame-page.ts'
import type { Note } from './notes.ts'
import type { StoreError } from './store-error.ts'

export type Level = 'debug' | 'info' | 'warning' | 'error'

/**
 * The only writer of a capture file. A write opens a transaction where there is none; others see it after commit().
 * After the first error of SQLite every call does nothing, so that the traffic goes on; the next commit() throws it as a
 * StoreError. Where only room was missing, resume() tries again.
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
  /** Throws the StoreError that ended the writing, once. */
  commit(): void
  /** Tries whether what ended the writing has passed, and says in the log since when nothing was recorded. True where it goes on. */
  resume(): boolean
  /** Brings the file itself up to date with what was committed. Some ms. */
  checkpoint(): void
  /** Lets go of the pages that are kept in memory. */
  shrink(): void
  /** Insert, or replace. */
  connection(connection: Connection): void
  /** A connection that was written before, with its last word; its flow, where it has one, says the same. */
  explained(connection: Connection): void
  /** What the handshakes say, for filters; what is left out stays as it was. The connection must have been written before. */
  facts(connection: ConnectionId, facts: HandshakeFacts): void
  /** Who opened it; the connection must have been written before. */
  process(connection: ConnectionId, process: ClientProcess): void
  /** Bytes below TLS; they may be used again, as those of all calls. */
  wire(connection: ConnectionId, leg: LegName, direction: Direction, chunk: WireChunk): void
  recordHeader(connection: ConnectionId, leg: LegName, direction: Direction, header: RecordHeader): void
  keyLog(connection: ConnectionId, leg: LegName, line: string): void
  /** Insert, or replace. The bodies are their first part, from offset 0; one that is left out stays as it was. */
  exchange(exchange: Exchange, requestBody?: Uint8Array, responseBody?: Uint8Array): void
  /** A later part; `offset` counts every byte of the body, kept or not. */
  body(exchange: ExchangeId, side: BodySide, offset: number, bytes: Uint8Array): void
  /** Shows the connection in the list, as the flow with this id. Insert, or replace. */
  connectionFlow(connection: Connection, id: ExchangeId): void
  /**
   * From now on an exchange that failed with the connection speaks for it in the list. A row that it had is gone; its number
   * is free for that exchange.
   */
  spokenFor(connection: ConnectionId, row: ExchangeId | undefined): void
  /** The page must begin where the connection's last one ended. */
  frames(connection: ConnectionId, page: FramePage): void
  /** Without what was done with it, which is told for itself. */
  streamMessage(exchange: ExchangeId, message: StreamMessage): void
  /** What Parley did with the message of this `seq`, once for each. */
  actedOn(exchange: ExchangeId, seq: number, acted: ActedOnMessage): void
  note(flow: ExchangeId, note: Note): void
  event(at: number, level: Level, text: string): void
  /** Commits what is open and leaves one whole file; -wal and -shm go too, unless a reader still has it open. */
  close(): void
}
