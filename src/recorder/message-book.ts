import type { ExchangeId } from '../model/exchange.ts'
import type { StreamMessage } from '../model/stream-message.ts'
import { MessageAssembler } from '../observe/websocket/message-assembler.ts'

export type WriteMessage = (exchange: ExchangeId, message: StreamMessage) => void

/** The WebSockets under way. A message is written when it ends; a tick says which exchanges have new ones. */
export class MessageBook {
  readonly #write: WriteMessage
  readonly #changed = new Set<ExchangeId>()

  constructor(write: WriteMessage = () => {}) {
    this.#write = write
  }

  /** For the frames of one WebSocket. */
  open(exchange: ExchangeId): MessageAssembler {
    return new MessageAssembler(message => {
      this.#write(exchange, message)
      this.#changed.add(exchange)
    })
  }

  /** The exchanges that have new messages since the last time. */
  take(): ExchangeId[] {
    const ids = [...this.#changed]
    this.#changed.clear()
    return ids
  }
}
