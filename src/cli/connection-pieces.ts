import type { LegPair } from '../compare/leg-pair.ts'
import { readLegPair } from '../compare/read-leg-pair.ts'
import type { Connection, ConnectionId } from '../model/connection.ts'
import type { BodySide, Exchange, ExchangeId } from '../model/exchange.ts'
import type { FrameEntry } from '../model/frame-entry.ts'
import type { StreamMessage } from '../model/stream-message.ts'
import type { Capture } from '../store/capture.ts'
import { type InflatedMessage, inflatedMessages } from '../view/frames/websocket-inflate.ts'
import { connectionJson, frameJson } from '../view/json/connection-json.ts'
import { type Bodies, type ExchangeWithContent, exchangeJson, streamMessageJson } from '../view/json/exchange-json.ts'
import { jsonPieces, streamOf } from '../view/json/json-pieces.ts'
import { picked } from '../view/json/picked.ts'
import type { Style } from '../view/style.ts'
import type { FrameLog } from '../view/text/frame-lines.ts'
import { traceLines } from '../view/text/trace-text.ts'

export interface PrintOptions {
  readonly json: boolean
  readonly style: Style
  /** Why there is no whole response, for programs. */
  readonly reason?: string
  /** Which of its exchanges; all of them where absent. */
  readonly exchanges?: readonly ExchangeId[]
  /** Every exchange, message and frame, not the first ones alone. */
  readonly all?: boolean | undefined
  /** JSON has the bytes of every handshake message, head and frame too; they may be named in `fields` as well. */
  readonly bytes?: boolean | undefined
  /** Paths of the members that the JSON is to have. */
  readonly fields?: readonly string[] | undefined
}

const shownBody = 64 * 1024
const few = { exchanges: 10, messages: 100, frames: 100 }
const every = Number.MAX_SAFE_INTEGER
const all = { exchanges: every, messages: every, frames: every }
const narrow = 80 // columns
const ofHandshakes = ['legs', 'comparison', 'verdict', 'problems'] // the members that dissection is for, some ms

/**
 * A connection with its first ten exchanges, or all: two columns and the comparison, or a line of JSON. In pieces, because
 * all exchanges, messages and frames may be more than a text can hold.
 */
export function* connectionPieces(capture: Capture, connection: Connection, options: PrintOptions): Generator<string> {
  const { json, style, fields } = options
  const limits = options.all ? all : few
  const wants = (member: string): boolean => fields?.some(path => path.split('.')[0] === member) ?? true
  const pair = ofHandshakes.some(wants) ? readLegPair(capture, connection) : { connection }
  const ids = options.exchanges ?? capture.exchangesOf(connection.id)
  const exchanges = ids.slice(0, limits.exchanges)
  const frames = { entries: framesOf(capture, connection.id, limits.frames), count: capture.frameCount(connection.id) }
  const counted = { exchangeCount: ids.length, ...(frames.count > 0 && { frames }) }
  if (json) return yield* jsonOf(capture, pair, { ...options, ...counted, exchanges, messages: limits.messages })
  const contents = contentsOf(capture, exchanges, limits.messages)
  let before = ''
  for (const line of traceLines(pair, { ...counted, exchanges: contents, columns: outputColumns(), style })) {
    yield before + line
    before = '\n'
  }
}

interface JsonOptions extends PrintOptions {
  readonly exchanges: readonly ExchangeId[]
  readonly exchangeCount: number
  readonly messages: number
  readonly frames?: FrameLog
}

/** Exchanges, messages and frames are read as they are written. */
function jsonOf(capture: Capture, pair: LegPair, options: JsonOptions): Iterable<string> {
  const { exchangeCount, frames, reason, fields } = options
  const { openedAt } = pair.connection
  const bytes = options.bytes || fields?.some(path => /(^|\.)(b|headB)ytes$/.test(path)) === true
  const told = (content: ExchangeWithContent): unknown => {
    const json = exchangeJson(content, openedAt, bytes)
    if (!json.messages) return json
    const messages = messagesOf(capture, content.exchange, options.messages)
    return { ...json, messages: streamOf(messages, message => streamMessageJson(message, openedAt)) }
  }
  const counts = { exchangeCount, ...(frames && { frames: { ...frames, entries: [] } }) }
  const value = {
    ...connectionJson(pair, { ...counts, bytes, ...(reason !== undefined && { reason }) }),
    exchanges: streamOf(contentsOf(capture, options.exchanges, 0), told),
    ...(frames && { frames: streamOf(frames.entries, entry => frameJson(entry, openedAt, bytes)) }),
  }
  return jsonPieces(fields ? picked(value, fields) : value)
}

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

const framesOf = (capture: Capture, id: ConnectionId, most: number): Iterable<FrameEntry> =>
  paged<FrameEntry>(most, (last, limit) => capture.frames(id, { from: last ? last.index + 1 : 0, limit }))

function messagesOf(capture: Capture, { id, response }: Exchange, most: number): Iterable<InflatedMessage> {
  const messages = paged<StreamMessage>(most, (last, limit) =>
    capture.streamMessages(id, { from: last ? last.seq + 1 : 0, limit }),
  )
  return inflatedMessages(messages, response?.head.headers ?? [])
}

function* contentsOf(
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

/** Of the terminal, or as many as COLUMNS says; else what fits into most windows. */
export const outputColumns = (): number => process.stdout.columns ?? (Number(process.env.COLUMNS) || narrow)
