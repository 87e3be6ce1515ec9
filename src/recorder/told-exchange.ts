import type { ExchangeEvent } from '../model/exchange-event.ts'
import type { WebSocketMessage } from '../observe/plain.ts'
import type { Entry, ExchangeBook } from './exchange-book.ts'
import type { MessageBook } from './message-book.ts'
import type { SocketMessages } from './socket-messages.ts'

/** An exchange that somebody else has read: what happened on it is told, not its bytes. */
export interface ToldExchange {
  event(event: ExchangeEvent): void
  /** A frame of the WebSocket that it became. */
  message(message: WebSocketMessage): void
  /** Nothing more is told of it. */
  end(): void
}

export function toldExchange(entry: Entry, exchanges: ExchangeBook, messages: MessageBook): ToldExchange {
  let socket: SocketMessages | undefined
  return {
    event: event => exchanges.event(entry, event),
    message(message) {
      socket ??= messages.open(entry.exchange.id)
      socket.push(message)
    },
    end() {
      socket?.end()
      exchanges.finish(entry)
    },
  }
}
