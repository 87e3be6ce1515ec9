import type { Act } from './act.ts'
import type { ConnectionId } from './connection.ts'
import type { Blamed } from './party.ts'
import type { Problem } from './problem.ts'

export type ExchangeId = number

/** Name and value as they stood on the wire, latin1, in wire order; duplicates stay. */
export type Header = readonly [name: string, value: string]

export type Side = 'request' | 'response'

/**
 * A whole head of HTTP/1 as it stood on the wire, latin1, with its empty line. Only where its start line and its headers as
 * `name: value`, each with CRLF, would give other bytes.
 */
export type RawHead = string

/** Whose body: as the client has it, or as the server has it where that is another. */
export type BodySide = Side | `server-${Side}`

export interface RequestHead {
  readonly method: string
  /** The request target as sent: `/path`, an absolute URL, `host:port` or `*`. */
  readonly target: string
  readonly scheme: string
  readonly authority: string
  readonly path: string
  /** 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2' */
  readonly version: string
  /** In HTTP/2 with its pseudo-headers first. */
  readonly headers: readonly Header[]
  readonly raw?: RawHead
}

export interface ResponseHead {
  readonly status: number
  readonly reason: string
  readonly version: string
  readonly headers: readonly Header[]
  readonly raw?: RawHead
}

/** One direction of an exchange. Times in ms since the epoch. */
export interface Message<Head> {
  readonly head: Head
  readonly headAt: number
  /** Body bytes seen, before content decoding, without transfer framing. */
  readonly bodyBytes: number
  /** Body bytes that were not kept: over a limit, or dropped while the recorder was behind. */
  readonly bodyDropped: number
  readonly trailers?: readonly Header[]
  /** When its last byte passed; absent while it runs. */
  readonly endedAt?: number
  /** On the server's side: the body is that of the client's side, byte for byte. */
  readonly sameBody?: true
}

/** What was said on one side of an exchange: between the client and Parley, or between Parley and the server. */
export interface ExchangeSide {
  readonly request: Message<RequestHead>
  /** 1xx responses before the final one. */
  readonly informational: readonly ResponseHead[]
  readonly response?: Message<ResponseHead>
}

/**
 * How an exchange ended before it was whole. `cancelled`: its client had no use for the rest, which is no failure.
 * `connection-failed`: its connection failed, and where there is a response, it is Parley's own.
 */
export interface Aborted {
  readonly at: number
  readonly by: Blamed
  readonly why: string
  readonly how?: 'cancelled' | 'connection-failed'
}

/** One request and its response, as the client saw them. */
export interface Exchange extends ExchangeSide {
  readonly id: ExchangeId
  readonly connection: ConnectionId
  /** HTTP/2 stream id. */
  readonly stream?: number
  /** What the server got and answered; absent where that is what the client sent and got. */
  readonly server?: ExchangeSide | 'not-asked'
  /** What Parley did to it because a person wanted that, in order; absent where nothing. */
  readonly acts?: readonly Act[]
  /** What the connection or stream became: 'websocket', 'tunnel', or the Upgrade header's word. */
  readonly upgraded?: string
  /** Ended before it was whole. */
  readonly aborted?: Aborted
  readonly problems: readonly Problem[]
}

/** Whether nothing more of it is to come; what a connection or stream has become is told by its messages. */
export const hasEnded = ({ response, aborted, upgraded }: Exchange): boolean =>
  response?.endedAt !== undefined || aborted !== undefined || upgraded !== undefined
