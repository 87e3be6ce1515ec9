import type { Act } from './act.ts'
import type { Header, RequestHead, ResponseHead, Side } from './exchange.ts'
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
