import type { ConnectionId } from '../model/connection.ts'
import type { BodySide, Exchange, ExchangeId } from '../model/exchange.ts'
import type { FrameEntry } from '../model/frame-entry.ts'
import type { StreamMessage } from '../model/stream-message.ts'
import type { Capture } from '../store/capture.ts'
import { type InflatedMessage, inflatedMessages } from '../view/frames/websocket-inflate.ts'
import type { Bodies, ExchangeWithContent } from '../view/json/exchange-json.ts'

const shownBody = 64 * 1024

const pageLength = 1000

/** Up to so many, read a page at a time; `read` is given the last one before. */
function* paged<T>(most: number, read: (last: T | undefined, limit: number) => readonly T[]): Generator<T> {
  let last: T | undefined
  for (let left = most; left > 0; ) {
    const page = read(last, Math.min(pageLength, left))
    if (page.length === 0) return
    yield* page
    last = page.at(-1)
    left -= page.length
  }
}

/** The frames of a connection, read as they are asked for. */
export const framesOf = (capture: Capture, id: ConnectionId, most: number): Iterable<FrameEntry> =>
  paged<FrameEntry>(most, (last, limit) => capture.frames(id, { from: last ? last.index + 1 : 0, limit }))

/** The messages of a WebSocket as they passed, read as they are asked for. */
export const allMessages = (
  capture: Capture,
  id: ExchangeId,
  most = Number.MAX_SAFE_INTEGER,
): Iterable<StreamMessage> =>
  paged<StreamMessage>(most, (last, limit) => capture.streamMessages(id, { from: last ? last.seq + 1 : 0, limit }))

/** The same inflated, up to 4 MB. */
export const messagesOf = (capture: Capture, { id, response }: Exchange, most: number): Iterable<InflatedMessage> =>
  inflatedMessages(allMessages(capture, id, most), response?.head.headers ?? [])

/** Exchanges with the beginnings of their bodies and up to so many messages, one in memory at a time. */
export function* contentsOf(
  capture: Capture,
  ids: readonly ExchangeId[],
  mostMessages: number,
): Generator<ExchangeWithContent> {
  for (const id of ids) {
    const content = withContent(capture, id, mostMessages)
    if (content) yield content
  }
}

function withContent(capture: Capture, id: ExchangeId, mostMessages: number): ExchangeWithContent | undefined {
  const exchange = capture.exchange(id)
  if (!exchange) return undefined
  const bodies = bodiesOf(capture, exchange)
  const messageCount = capture.streamMessageCount(id)
  if (messageCount === 0) return { exchange, bodies }
  return { exchange, bodies, messages: [...messagesOf(capture, exchange, mostMessages)], messageCount }
}

const clientSides = ['request', 'response'] as const

function bodiesOf(capture: Capture, { id, server }: Exchange): Bodies {
  const sides: readonly BodySide[] = server ? [...clientSides, 'server-request', 'server-response'] : clientSides
  const kept = (side: BodySide): Bodies => {
    const bytes = capture.body(id, side, 0, shownBody)
    return bytes.length > 0 ? { [side]: bytes } : {}
  }
  const lost = (side: BodySide): Bodies['losses'] => {
    const problem = capture.bodyProblem(id, side)
    return problem && { [side]: problem }
  }
  return { ...Object.assign({}, ...sides.map(kept)), losses: Object.assign({}, ...sides.map(lost)) }
}
