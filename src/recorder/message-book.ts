import type { ExchangeId } from '../model/exchange.ts'
import type { ActedOnMessage, StreamMessage } from '../model/stream-message.ts'
import { SocketMessages } from './socket-messages.ts'

/** What the book needs of the store's writer. */
export interface MessageStore {
  streamMessage(exchange: ExchangeId, message: StreamMessage): void
  actedOn(exchange: ExchangeId, seq: number, acted: ActedOnMessage): void
}

/** The WebSockets under way. A message is written when it ends; a tick says which exchanges have new ones. */
export class MessageBook {
  readonly #store: MessageStore | undefined
  readonly #changed = new Set<ExchangeId>()

  constructor(store?: MessageStore) {
    this.#store = store
  }

  /** For the frames of one WebSocket. */
  open(exchange: ExchangeId): SocketMessages {
    return new SocketMessages(
      message => {
        this.#store?.streamMessage(exchange, message)
        this.#changed.add(exchange)
      },
      (seq, acted) => {
        this.#store?.actedOn(exchange, seq, acted)
        this.#changed.add(exchange)
      },
    )
  }

  /** The exchanges that have new messages since the last time. */
  take(): ExchangeId[] {
    const ids = [...this.#changed]
    this.#changed.clear()
    return ids
  }
}
