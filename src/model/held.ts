import type { ConnectionId } from './connection.ts'
import type { Header, RequestHead, ResponseHead } from './exchange.ts'
import type { Direction } from './party.ts'

/** Of the run, from 1. */
export type HeldId = number

/** What is held, before it is. */
export type ToHold = HeldRequest | HeldResponse | HeldStreamMessage

/** A message that waits at Parley until a person has decided. */
export type Held = ToHold & {
  readonly id: HeldId
  /** ms since the epoch */
  readonly at: number
}

interface AnyToHold {
  readonly connection: ConnectionId
  /** Its place among the requests of an HTTP/1 client, from 1, or its stream. */
  readonly exchange: number
  /** As the server gets it. Of a response or a WebSocket's message, the request that it belongs to, as the client sent it. */
  readonly request: RequestHead
  /** As it came, without framing. Absent where it streams behind the head, or is larger than what may be held. */
  readonly body?: Uint8Array
}

export interface HeldRequest extends AnyToHold {
  readonly what: 'request'
}

export interface HeldResponse extends AnyToHold {
  readonly what: 'response'
  readonly response: ResponseHead
}

export interface HeldStreamMessage extends AnyToHold {
  readonly what: 'stream-message'
  readonly direction: Direction
  /** RFC 6455 11.8: 1 text, 2 binary. */
  readonly opcode: number
  /** Inflated. */
  readonly body: Uint8Array
}

/** What becomes of a held message. */
export type Decision =
  /** It goes on as it came; `because`: nobody decided that. */
  | { readonly type: 'pass'; readonly because?: 'time-out' | 'too-many' }
  /** What is absent goes on as it came. A request whose URL has another origin goes there. */
  | {
      readonly type: 'change'
      readonly request?: RequestHead
      readonly response?: ResponseHead
      /** As its receiver gets it: codings done, framing not. */
      readonly body?: Uint8Array
    }
  /** The client gets this in the server's place, which hears nothing of the request. */
  | { readonly type: 'answer'; readonly status: number; readonly headers: readonly Header[]; readonly body: Uint8Array }
  /** A request and a response end by reset, a WebSocket's message is left out. */
  | { readonly type: 'drop' }
