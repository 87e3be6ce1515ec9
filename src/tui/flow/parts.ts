import type { ExchangeId, Side } from '../../model/exchange.ts'
import type { FlowSource } from '../ports.ts'
import { bodyParts, partBytes } from './body.ts'
import { hasMessages, messageParts, messagesOf } from './stream-messages.ts'

/** How many parts there are of what one side of a flow carried, body or messages; one at least. */
export const partsOf = (source: FlowSource, id: ExchangeId, side: Side): number =>
  hasMessages(source.exchange(id), side) ? messageParts(source, id) : bodyParts(source, id, side)

/** Whether a part has this text, which is in small letters, in its bytes or messages. */
export function partHolds(source: FlowSource, id: ExchangeId, side: Side, part: number, text: string): boolean {
  const exchange = source.exchange(id)
  const pieces = hasMessages(exchange, side)
    ? messagesOf(source, exchange, part).map(({ bytes }) => bytes)
    : [source.body(id, side, part * partBytes, partBytes)]
  return pieces.some(bytes => Buffer.from(bytes).toString().toLowerCase().includes(text))
}
