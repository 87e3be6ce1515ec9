import type { Duplex } from 'node:stream'
import type { ConnectionId, OwnEntrance } from '../../model/connection.ts'
import type { ExchangeId, Header, RequestHead, ResponseHead } from '../../model/exchange.ts'
import type { GoesElsewhere } from '../../rules/verdict.ts'
import type { Elsewhere, ElsewhereAnswer } from '../relay/acting/core.ts'

export type OwnProtocol = 'http/1.1' | 'h2'

/** A request that Parley makes itself, on a connection of its own. */
export interface OwnRequest {
  readonly server: GoesElsewhere['server']
  /** Goes out as it stands where the protocol is that of its version: order, case and duplicates of its fields. */
  readonly head: RequestHead
  readonly body: Uint8Array | AsyncIterable<Uint8Array>
  readonly trailers?: readonly Header[]
  /** A client's ClientHello with its four header bytes, whose like the server gets; absent: Parley's own. */
  readonly hello?: Uint8Array
  /** The name for SNI and certificate; absent: that of the server. */
  readonly serverName?: string
  /** Offered alone; absent: as in the hello, else that of the head's version first. */
  readonly protocol?: OwnProtocol
  readonly entrance: OwnEntrance
  /** What it repeats. */
  readonly origin?: ExchangeId
  /** For whose client it is made. */
  readonly within?: ConnectionId
  /** Ends it, wherever it is. */
  readonly signal?: AbortSignal
}

/** The answer begins; what was sent is `request`. */
export interface OwnAnswer extends ElsewhereAnswer {
  readonly connection: ConnectionId
  /** 1xx before it, the first of them. */
  readonly informational: readonly ResponseHead[]
}

/** Where a body breaks off, or an answer that never begins, the rejection is a ProblemError. */
export type Speak = (said: Said) => Promise<Omit<OwnAnswer, 'connection'>>

/** What one who speaks a protocol is given. */
export interface Said extends Pick<OwnRequest, 'server' | 'head' | 'body' | 'trailers'> {
  readonly stream: Duplex
}

/** Sends requests of Parley's own. */
export interface Sender {
  /**
   * Resolves when the final head has come. Rejects with a ProblemError, as does the body where it breaks off: it is to be
   * read, or given up by its iterator's `return`.
   */
  send(request: OwnRequest): Promise<OwnAnswer>
  /** Asks another server for the client of a connection. Rejects with a ProblemError. */
  elsewhere(within: ConnectionId, asked: Elsewhere): Promise<ElsewhereAnswer>
  /** Ends all that is under way. */
  close(): void
}
