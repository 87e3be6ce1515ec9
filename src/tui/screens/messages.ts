import type { Exchange } from '../../model/exchange.ts'
import { deflateParameters, MessageInflater } from '../../view/websocket-inflate.ts'
import { webSocketLines } from '../../view/websocket-lines.ts'
import { chop, type Line, line, span } from '../line.ts'
import type { FlowSource } from '../ports.ts'

const mostMessages = 1000
const mostLines = 10_000

/** The messages of a WebSocket, both ways, inflated where they were compressed. */
export function messagesLines(source: FlowSource, exchange: Exchange, columns: number): readonly Line[] {
  const inflater = new MessageInflater(deflateParameters(exchange.response?.head.headers ?? []))
  const messages = source.messages(exchange.id, mostMessages).map(message => inflater.push(message))
  const more = source.messageCount(exchange.id) - messages.length
  const lines = webSocketLines(messages, { since: exchange.request.headAt, maxLines: mostLines })
  return [
    line(span(` ${messages.length + more} WebSocket messages`, 'dim')),
    ...lines.flatMap(({ text, depth }) =>
      chop(text, Math.max(20, columns - 2 - depth * 2)).map(piece => line(` ${'  '.repeat(depth)}${piece}`)),
    ),
    ...(more > 0 ? [line(span(` … ${more} more messages`, 'dim'))] : []),
  ]
}
