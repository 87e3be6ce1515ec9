import type { Act } from './act.ts'
import type { Aborted, Header, RequestHead, ResponseHead, Side } from './exchange.ts'
import type { Problem } from './problem.ts'

/** What is said on one side of an exchange after its request's head. `bytes` are for the store, not for the fold. */
export type SideEvent =
  | { readonly type: 'informational'; readonly head: ResponseHead }
  | { readonly type: 'response-head'; readonly at: number; readonly head: ResponseHead }
  | { readonly type: 'body'; readonly side: Side; readonly at: number; readonly bytes: Uint8Array }
  | { readonly type: 'body-dropped'; readonly side: Side; readonly at: number; readonly length: number }
  /** Bytes that a `body` event counted already and the store did not keep. */
  | { readonly type: 'body-unkept'; readonly side: Side; readonly length: number }
  | { readonly type: 'ended'; readonly side: Side; readonly at: number; readonly trailers?: readonly Header[] }

/** What is told of one exchange after its request's head has opened it. */
export type ExchangeEvent =
  | SideEvent
  /** The server is asked otherwise than the client asked: from here on the exchange has two sides. The last head counts. */
  | { readonly type: 'server-request'; readonly at: number; readonly head: RequestHead }
  /** Parley answers by itself as long as no `server-request` follows. */
  | { readonly type: 'server-not-asked' }
  | { readonly type: 'same-body'; readonly side: Side }
  | { readonly type: 'server-side'; readonly event: SideEvent }
  | { readonly type: 'acted'; readonly act: Act }
  | { readonly type: 'upgraded'; readonly protocol: string }
  | ({ readonly type: 'aborted' } & Aborted)
  | { readonly type: 'problem'; readonly problem: Problem }

/** Where an observer puts what it saw. `key` tells exchanges of one connection apart: the stream id, or a count. */
export interface ExchangeSink {
  open(key: number, at: number, head: RequestHead, stream?: number): void
  event(key: number, event: ExchangeEvent): void
  /** Something wrong with the connection that belongs to no exchange. */
  problem(problem: Problem): void
}
