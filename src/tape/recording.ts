import type { ActedEvent } from '../model/acted-event.ts'
import type { ConnectionId } from '../model/connection.ts'
import type { ConnectionEvent } from '../model/connection-event.ts'
import type { Direction, LegName } from '../model/party.ts'
import type { Outline } from './outline.ts'

/** One direction of one leg of a connection. Made once, and handed over with each chunk that passes there. */
export interface Lane {
  readonly connection: ConnectionId
  readonly leg: LegName
  readonly direction: Direction
  /**
   * On the upstream leg of a connection whose exchanges Parley changes: whose content this is, by the place of its
   * request among those of the client leg, from 1. Where it is absent there, nobody keeps the content.
   */
  readonly exchange?: number
  /** What of its content may be missed where the recorder is behind; any of it where absent. */
  readonly outline?: Outline
}

/**
 * What can be recorded. The engine says it to the tape, the tape says it to the recorder, and an importer can say it to
 * the recorder without a tape. Bytes may be used again after the call: who keeps them copies them. `at` is in ms since
 * the epoch.
 */
export interface Recording {
  event(connection: ConnectionId, at: number, event: ConnectionEvent): void
  /** Bytes below TLS, kept whole; `position` is that of the first in the TCP payload of the lane. */
  wire(lane: Lane, at: number, position: number, bytes: Uint8Array): void
  /** Record headers below TLS whose fragments were not kept, see record-headers.ts. */
  recordHeaders(lane: Lane, at: number, packed: Uint8Array): void
  /** Bytes above TLS, or the whole stream where there is none. */
  content(lane: Lane, at: number, bytes: Uint8Array): void
  /** The head of an exchange there, all else of which passes as it came; empty where the server is not asked, or not yet. */
  head(lane: Lane, at: number, bytes: Uint8Array): void
  /** What Parley did with an exchange of a connection that it acts on. */
  acted(connection: ConnectionId, exchange: number, at: number, event: ActedEvent): void
  /** The content of that lane ended. */
  contentEnd(lane: Lane, at: number): void
  /** A key log line, with or without its line end. */
  keyLog(connection: ConnectionId, leg: LegName, at: number, line: Uint8Array): void
}

/** What the tape says, in order: what was said to it, but that content can be missing. */
export interface TapeListener extends Recording {
  /** So many bytes of content passed while the tape was full. */
  gap(lane: Lane, at: number, length: number): void
}
