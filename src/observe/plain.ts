import type { Aborted } from '../model/exchange.ts'
import type { ExchangeSink } from '../model/exchange-event.ts'
import type { Direction, Party } from '../model/party.ts'
import type { ProblemCode } from '../problem/codes.ts'
import type { Fault as Broken } from '../wire/fault.ts'
import type { FrameHeader } from '../wire/http2/frame-reader.ts'
import type { DynamicTable } from '../wire/http2/hpack/dynamic-table.ts'

/** What a connection stands at: between two exchanges, between two frames while exchanges are under way, or neither. */
export type Pause = 'exchanges' | 'frames' | 'none'

/** Watches the decrypted bytes of both directions of one connection. Never throws on input; views are not kept. */
export interface PlainObserver {
  push(direction: Direction, at: number, bytes: Uint8Array): void
  /** `length` bytes passed that nobody kept (recorder was behind). */
  gap(direction: Direction, at: number, length: number): void
  /** That direction ended (FIN or close_notify). */
  end(direction: Direction, at: number): void
  /** The connection is gone. `by` is who ended it; unfinished exchanges become 'aborted'. */
  close(at: number, by: Party, why: string): void
  readonly pause: Pause
  /** Where keys count requests: some may have passed unseen, so that the keys are not their places any more. */
  readonly keysAreLost?: boolean
}

export interface PlainContext {
  readonly scheme: 'http' | 'https'
  /** host[:port] of the target, used when the request has no Host. */
  readonly authority: string
}

export interface PlainSink extends ExchangeSink {
  /** 'http/1.1', 'h2', 'websocket', 'opaque'; the last one told counts. */
  protocol(name: string): void
}

/** One frame of a WebSocket; a message of several frames comes as several, `opcode` 0 from the second on. */
export interface WebSocketMessage {
  readonly direction: Direction
  /** When its last byte passed. */
  readonly at: number
  readonly opcode: number
  readonly fin: boolean
  /** Unmasked payload, at most 1 MB of it; the receiver may keep it. */
  readonly bytes: Uint8Array
  /** Payload length on the wire. */
  readonly length: number
  /** RSV1: compressed by permessage-deflate (RFC 7692), set on a message's first frame. */
  readonly compressed: boolean
}

/** `key` is the exchange that was upgraded. */
export type MessageTap = (key: number, message: WebSocketMessage) => void

/**
 * A frame as it came. The payload is a view, good until the call returns; absent for DATA and for frames over 1 MB.
 * `table` is the direction's dynamic table before the frame, where it is known and no field block is under way.
 */
export type FrameTap = (
  direction: Direction,
  at: number,
  header: FrameHeader,
  payload: Uint8Array | undefined,
  table?: DynamicTable | undefined,
) => void

/** What costs nothing unless it is given. */
export interface PlainOptions {
  readonly onFrame?: FrameTap
  readonly onMessage?: MessageTap
}

/** Bytes that break a rule, found by a reader or by an observer itself. */
export type Fault = Broken<ProblemCode>

/** Interim responses told of one exchange: 102 may come every few seconds for as long as a request takes. */
export const maxInterim = 50

export const tooManyInterim: Fault = {
  code: 'http/too-many-interim',
  detail: `those beyond ${maxInterim} are left out`,
}

export const senderOf = (direction: Direction): Party => (direction === 'to-server' ? 'client' : 'server')

/** A client that goes, or says no more than that it has seen enough, fails at nothing. */
export const asCancelled = (by: Party): Pick<Aborted, 'how'> => (by === 'client' ? { how: 'cancelled' } : {})
