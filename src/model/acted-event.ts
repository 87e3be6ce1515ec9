import type { Act } from './act.ts'
import type { Header, RequestHead, ResponseHead, Side } from './exchange.ts'
import type { Direction } from './party.ts'
import type { Problem } from './problem.ts'

/**
 * What the acting relay tells of one exchange, besides the bytes of the client leg, in the order it happens. A body that is
 * the server's `own` comes as content of the upstream leg's lane with the exchange, without its framing; `same`: it is that
 * of the client leg.
 */
export type ActedEvent =
  | { readonly type: 'acted'; readonly act: Act }
  | { readonly type: 'problem'; readonly problem: Problem }
  /** What the server gets. Without `server-response` to follow, its answer is what the client gets. */
  | { readonly type: 'server-request'; readonly head: RequestHead; readonly body: 'same' | 'own' }
  | { readonly type: 'server-response'; readonly head: ResponseHead; readonly body: 'same' | 'own' }
  | { readonly type: 'server-ended'; readonly side: Side; readonly trailers?: readonly Header[] }
  | { readonly type: 'server-not-asked' }
  | ActedMessage

/**
 * A text or binary message of a WebSocket that its receiver got otherwise, or not at all. What the server sent or got in
 * its place, inflated, comes right after as `length` bytes of content of the upstream leg's lane with the exchange.
 */
export interface ActedMessage {
  readonly type: 'stream-message'
  readonly direction: Direction
  /**
   * Its place among the text and binary messages of that direction on the client leg, from 0: one that the client never
   * got has that of the next which it gets.
   */
  readonly place: number
  readonly how: 'changed' | 'dropped'
  /** RFC 6455 11.8: 1 text, 2 binary. */
  readonly opcode: number
  /** Of the server's side; 0 where the server was to get it and it was dropped. */
  readonly length: number
  /** Of this message; they are not told by `acted` as well. */
  readonly acts: readonly Act[]
}
