import type { ActedEvent, ActedMessage } from '../model/acted-event.ts'
import type { ExchangeSide, Message, Side } from '../model/exchange.ts'
import type { Entry, ExchangeBook } from './exchange-book.ts'

/** Writes down what a relay that acts tells of an exchange. */
export function tellActed(
  book: ExchangeBook,
  entry: Entry,
  at: number,
  event: Exclude<ActedEvent, ActedMessage>,
): void {
  switch (event.type) {
    case 'acted':
    case 'problem':
    case 'server-not-asked':
      return book.event(entry, event)
    case 'server-request':
      return book.serverRequest(entry, at, event.head, event.body)
    case 'server-response':
      return book.serverResponse(entry, at, event.head, event.body)
    case 'server-ended':
      return book.serverEnded(entry, at, event.side, event.trailers)
  }
}

/** Whether the body of that side comes by itself, without framing. */
export const hasOwn = ({ exchange: { server }, passes }: Entry, side: Side): boolean =>
  passes === true && typeof server === 'object' && server[side] !== undefined && !server[side].sameBody

/** Nothing more is to come of a message whose end is awaited on the server's side. */
export function serverIsOver({ exchange, passes, serverGone }: Entry): boolean {
  const { server, request, response } = exchange
  if (typeof server !== 'object' || serverGone === true) return true
  const ended = (own: Message<unknown> | undefined, client: Message<unknown> | undefined): boolean =>
    (passes && client && (own?.sameBody ?? own === undefined) ? client : own)?.endedAt !== undefined
  return ended(server.request, request) && ended(server.response, response)
}

export const isOver = ({ request, response }: ExchangeSide): boolean =>
  request.endedAt !== undefined && response?.endedAt !== undefined
