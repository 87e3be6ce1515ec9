import type { Exchange } from '../../model/exchange.ts'
import { deflateParameters, MessageInflater } from '../../view/websocket-inflate.ts'
import { webSocketLines } from '../../view/websocket-lines.ts'
import { line, span } from '../line.ts'
import type { FlowSource } from '../ports.ts'
import { type FlowRow, foldingRows, plainRow } from './body-rows.ts'

const mostMessages = 1000
const mostLines = 10_000

/** The messages of a WebSocket, both ways, inflated where they were compressed. */
export function messagesRows(
  source: FlowSource,
  exchange: Exchange,
  flipped: ReadonlySet<string>,
  columns: number,
): readonly FlowRow[] {
  const inflater = new MessageInflater(deflateParameters(exchange.response?.head.headers ?? []))
  const messages = source.messages(exchange.id, mostMessages).map(message => inflater.push(message))
  const more = source.messageCount(exchange.id) - messages.length
  const lines = webSocketLines(messages, { since: exchange.request.headAt, maxLines: mostLines })
  return [
    plainRow(line(span(` ${messages.length + more} WebSocket messages`, 'dim'))),
    ...foldingRows('message', lines, flipped, columns),
    ...(more > 0 ? [plainRow(line(span(` … ${more} more messages`, 'dim')))] : []),
  ]
}
