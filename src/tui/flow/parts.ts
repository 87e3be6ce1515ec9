import type { ExchangeId, Side } from '../../model/exchange.ts'
import type { FlowSource } from '../ports.ts'
import type { World } from '../state/state.ts'
import { bodyParts, partBytes } from './body.ts'
import { type FlowScreen, flowAtPart } from './state.ts'
import { hasMessages, messageParts, messagesOf } from './stream-messages.ts'

/** The side of the flow whose body or messages are shown. */
export const sideShown = ({ tab }: FlowScreen): Side | undefined =>
  tab === 'request' || tab === 'response' ? tab : undefined

/** How many parts there are of what one side of a flow carried, body or messages; one at least. */
export const partsOf = (source: FlowSource, id: ExchangeId, side: Side): number =>
  hasMessages(source.exchange(id), side) ? messageParts(source, id) : bodyParts(source, id, side)

/** How many parts there are of what is shown. */
export function partCount(screen: FlowScreen, { source }: World): number {
  const side = sideShown(screen)
  return side ? partsOf(source, screen.id, side) : 0
}

/** The flow at that part, where its bytes hold the text; the first part, which is shown as more than bytes, always. */
export function partHolding(screen: FlowScreen, part: number, text: string, { source }: World): FlowScreen | undefined {
  const side = sideShown(screen)
  const holds = side && (part === 0 || partHolds(source, screen.id, side, part, text.toLowerCase()))
  return holds ? flowAtPart(screen, part) : undefined
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
