import type { ConnectionId } from './connection.ts'
import type { Exchange, ExchangeId, Message, RequestHead, Side } from './exchange.ts'
import type { ExchangeEvent } from './exchange-event.ts'
import { withProblem } from './problem.ts'

/** An exchange that has just begun with its request's head. */
export function newExchange(
  id: ExchangeId,
  connection: ConnectionId,
  at: number,
  head: RequestHead,
  stream?: number,
): Exchange {
  const request = { head, headAt: at, bodyBytes: 0, bodyDropped: 0 }
  const base = { id, connection, request, informational: [], problems: [] }
  return stream === undefined ? base : { ...base, stream }
}

/** The exchange after the event. Pure: the one place where an exchange changes. */
export function foldExchange(exchange: Exchange, event: ExchangeEvent): Exchange {
  switch (event.type) {
    case 'informational':
      return { ...exchange, informational: [...exchange.informational, event.head] }
    case 'response-head':
      return { ...exchange, response: { head: event.head, headAt: event.at, bodyBytes: 0, bodyDropped: 0 } }
    case 'body':
      return withMessage(exchange, event.side, m => ({ bodyBytes: m.bodyBytes + event.bytes.length }))
    case 'body-dropped':
      return withMessage(exchange, event.side, m => ({
        bodyBytes: m.bodyBytes + event.length,
        bodyDropped: m.bodyDropped + event.length,
      }))
    case 'body-unkept':
      return withMessage(exchange, event.side, m => ({ bodyDropped: m.bodyDropped + event.length }))
    case 'ended': {
      const { at: endedAt, trailers } = event
      return withMessage(exchange, event.side, () => (trailers ? { endedAt, trailers } : { endedAt }))
    }
    case 'upgraded':
      return { ...exchange, upgraded: event.protocol }
    case 'aborted':
      return { ...exchange, aborted: { at: event.at, by: event.by, why: event.why } }
    case 'problem':
      return { ...exchange, problems: withProblem(exchange.problems, event.problem) }
  }
}

function withMessage(
  exchange: Exchange,
  side: Side,
  change: (message: Message<unknown>) => Partial<Message<unknown>>,
): Exchange {
  if (side === 'request')
    return { ...exchange, request: { ...exchange.request, ...change(exchange.request) } as Exchange['request'] }
  if (!exchange.response) return exchange
  return {
    ...exchange,
    response: { ...exchange.response, ...change(exchange.response) } as NonNullable<Exchange['response']>,
  }
}
