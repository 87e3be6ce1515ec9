import type { ExchangeId, Side } from '../../model/exchange.ts'
import type { FlowSource } from '../ports.ts'
import type { World } from '../state/state.ts'
import { bodyParts, partBytes } from './body.ts'
import { type FlowScreen, flowAtPart } from './state.ts'
import { hasMessages, messageParts, messagesOf } from './stream-messages.ts'

const mostSearched = 64 // megabytes of one body, thousands of messages

/** The side of the flow whose body or messages are shown. */
export const sideShown = ({ tab }: FlowScreen): Side | undefined =>
  tab === 'request' || tab === 'response' ? tab : undefined

/** How many parts there are of what one side of a flow carried, body or messages; one at least. */
export const partsOf = (source: FlowSource, id: ExchangeId, side: Side): number =>
  hasMessages(source.exchange(id), side) ? messageParts(source, id) : bodyParts(source, id, side)

/** The other parts of what is shown that hold the text; of a part that was never looked at, its bytes. */
export function partsHolding(screen: FlowScreen, text: string, { source }: World): readonly FlowScreen[] {
  const side = sideShown(screen)
  if (!side) return []
  const wanted = text.toLowerCase()
  const count = Math.min(mostSearched, partsOf(source, screen.id, side))
  return Array.from({ length: count }, (_, part) => part)
    .filter(part => part !== screen.part && (part === 0 || partHolds(source, screen.id, side, part, wanted)))
    .map(part => flowAtPart(screen, part))
}

/** Whether a part has this text, which is in small letters, in its bytes or messages. */
export function partHolds(source: FlowSource, id: ExchangeId, side: Side, part: number, text: string): boolean {
  const exchange = source.exchange(id)
  const pieces = hasMessages(exchange, side)
    ? messagesOf(source, exchange, part).map(({ bytes }) => bytes)
    : [source.body(id, side, part * partBytes, partBytes)]
  const sought = bytesPattern(text)
  return pieces.some(bytes => sought.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')))
}

/**
 * The text in UTF-8, each byte a character: to decode a hundred megabytes would hold the screen up for seconds. What else
 * it may match, because case is compared by bytes, is looked at again where it is shown.
 */
function bytesPattern(text: string): RegExp {
  const coded = (part: string): string =>
    Buffer.from(part)
      .toString('latin1')
      .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const each = Array.from(text, character => {
    const upper = character.toUpperCase()
    return character <= '~' || upper === character ? coded(character) : `(?:${coded(character)}|${coded(upper)})`
  })
  return new RegExp(each.join(''), 'i')
}
