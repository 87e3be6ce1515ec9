import type { LegPair } from '../compare/leg-pair.ts'
import type { ExchangeId } from '../model/exchange.ts'
import type { Capture } from '../store/capture.ts'
import { connectionJson, frameJson } from '../view/json/connection-json.ts'
import { type ExchangeWithContent, exchangeJson, streamMessageJson } from '../view/json/exchange-json.ts'
import { jsonPieces, streamOf } from '../view/json/json-pieces.ts'
import { picked } from '../view/json/picked.ts'
import type { FrameLog } from '../view/text/frame-lines.ts'
import { contentsOf, messagesOf } from './contents.ts'

export interface LineOptions {
  readonly exchanges: readonly ExchangeId[]
  readonly exchangeCount: number
  /** How many messages of each WebSocket. */
  readonly messages: number
  readonly frames?: FrameLog
  /** Why there is no whole response, for programs. */
  readonly reason?: string
  /** The bytes of every handshake message, head and frame too; they may be named in `fields` as well. */
  readonly bytes?: boolean | undefined
  /** Paths of the members that the JSON is to have. */
  readonly fields?: readonly string[] | undefined
}

/** The public JSON of a connection (connection-json.md), in pieces: exchanges, messages and frames are read as they are written. */
export function connectionLine(capture: Capture, pair: LegPair, options: LineOptions): Iterable<string> {
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
