import { readLegPair } from '../compare/read-leg-pair.ts'
import type { Connection } from '../model/connection.ts'
import type { Exchange, ExchangeId, Side } from '../model/exchange.ts'
import type { Capture } from '../store/capture.ts'
import { inflatedMessages } from '../view/frames/websocket-inflate.ts'
import { connectionJson } from '../view/json/connection-json.ts'
import type { Bodies, ExchangeWithContent } from '../view/json/exchange-json.ts'
import { jsonText } from '../view/printable.ts'
import type { Style } from '../view/style.ts'
import { traceText } from '../view/text/trace-text.ts'
import { print } from './stdout.ts'

export interface PrintOptions {
  readonly json: boolean
  readonly style: Style
  /** Why there is no whole response, for programs. */
  readonly reason?: string
}

const shownBody = 64 * 1024
const mostExchanges = 10
const mostMessages = 100
const mostFrames = 100

/** Prints a connection to stdout. */
export const printConnection = (capture: Capture, connection: Connection, options: PrintOptions): void =>
  print(`${connectionText(capture, connection, options)}\n`)

/** A connection with its first ten exchanges: two columns and the comparison, or a line of JSON. */
export function connectionText(capture: Capture, connection: Connection, options: PrintOptions): string {
  const { json, style, reason } = options
  const pair = readLegPair(capture, connection)
  const ids = capture.exchangesOf(connection.id)
  const exchanges = ids.slice(0, mostExchanges).flatMap(id => withContent(capture, id) ?? [])
  const frames = {
    entries: capture.frames(connection.id, { limit: mostFrames }),
    count: capture.frameCount(connection.id),
  }
  const more = { exchanges, exchangeCount: ids.length, ...(frames.count > 0 && { frames }) }
  if (json) return jsonText(connectionJson(pair, { ...more, ...(reason !== undefined && { reason }) }))
  return traceText(pair, { ...more, columns: process.stdout.columns ?? 160, style }).join('\n')
}

export function firstExchange(capture: Capture, connection: Connection): Exchange | undefined {
  const [first] = capture.exchangesOf(connection.id)
  return first === undefined ? undefined : capture.exchange(first)
}

function withContent(capture: Capture, id: ExchangeId): ExchangeWithContent | undefined {
  const exchange = capture.exchange(id)
  if (!exchange) return undefined
  const bodies = { ...part(capture, id, 'request'), ...part(capture, id, 'response') }
  const messageCount = capture.streamMessageCount(id)
  if (messageCount === 0) return { exchange, bodies }
  const headers = exchange.response?.head.headers ?? []
  const messages = [...inflatedMessages(capture.streamMessages(id, { limit: mostMessages }), headers)]
  return { exchange, bodies, messages, messageCount }
}

function part(capture: Capture, id: ExchangeId, side: Side): Bodies {
  const bytes = capture.body(id, side, 0, shownBody)
  return bytes.length > 0 ? { [side]: bytes } : {}
}

/** Colours on a terminal, unless NO_COLOR forbids them (no-color.org). */
export const terminalStyle = (): Style => ({ color: Boolean(process.stdout.isTTY) && !process.env.NO_COLOR })
