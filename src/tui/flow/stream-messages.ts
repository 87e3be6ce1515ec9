import type { Exchange, ExchangeId, Side } from '../../model/exchange.ts'
import { formatCount } from '../../view/format.ts'
import { deflateParameters, type InflatedMessage, MessageInflater } from '../../view/frames/websocket-inflate.ts'
import { webSocketLines } from '../../view/frames/websocket-lines.ts'
import { keepLast } from '../kept.ts'
import { line, span } from '../line.ts'
import type { FlowSource } from '../ports.ts'
import { type DocumentRow, foldingRows, plainRow } from './body-rows.ts'

/** No more messages than this are on one screen. */
export const partMessages = 1000
const mostLines = 10_000
const mostBefore = 20 // parts: some 0.5 s of inflating

/** Whether what that side of a flow carried are messages, of both directions: then it has no body. */
export const hasMessages = (exchange: Exchange | undefined, side: Side): exchange is Exchange =>
  side === 'response' && exchange?.upgraded === 'websocket'

/** How many parts the messages of a WebSocket have; one at least. */
export const messageParts = (source: FlowSource, id: ExchangeId): number =>
  Math.max(1, Math.ceil(source.messageCount(id) / partMessages))

/** A part of the messages of a WebSocket, both ways, below a line that says how many there are. */
export function messagesRows(
  source: FlowSource,
  exchange: Exchange,
  part: number,
  flipped: ReadonlySet<string>,
  columns: number,
): readonly DocumentRow[] {
  const lines = webSocketLines(messagesOf(source, exchange, part), {
    since: exchange.request.headAt,
    maxLines: mostLines,
  })
  const count = source.messageCount(exchange.id)
  const parts = messageParts(source, exchange.id)
  const where = parts > 1 ? `, part ${part + 1} of ${parts} (] and [)` : ''
  const about = ` ${formatCount(count)} WebSocket message${count === 1 ? '' : 's'}${where}`
  return [plainRow(line(span(about, 'dim'))), ...foldingRows('message', lines, flipped, columns)]
}

/** A part of the messages, inflated where they were compressed. */
export function messagesOf(source: FlowSource, exchange: Exchange, part: number): readonly InflatedMessage[] {
  const inflater = inflaterAt(source, exchange, part)
  return source.messages(exchange.id, part * partMessages, partMessages).map(message => inflater.push(message))
}

interface InflaterAt {
  readonly id: ExchangeId
  part: number
  readonly inflater: MessageInflater
}

/** Compressed messages refer to those before them, in the parts before. The last one is kept, and goes on from there. */
function inflaterAt(source: FlowSource, { id, response }: Exchange, part: number): MessageInflater {
  const parameters = deflateParameters(response?.head.headers ?? [])
  if (!parameters) return new MessageInflater(undefined)
  const known = keepLast<InflaterAt>(
    source,
    'inflater of stream messages',
    last => last.id === id && last.part <= part,
    () => ({ id, part: Math.max(0, part - mostBefore), inflater: new MessageInflater(parameters) }),
  )
  for (; known.part < part; known.part++)
    for (const message of source.messages(id, known.part * partMessages, partMessages)) known.inflater.push(message)
  return known.inflater.fork()
}
