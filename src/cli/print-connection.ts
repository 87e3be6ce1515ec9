import { readLegPair } from '../compare/read-leg-pair.ts'
import type { Connection } from '../model/connection.ts'
import type { BodySide, Exchange, ExchangeId } from '../model/exchange.ts'
import type { Capture } from '../store/capture.ts'
import { inflatedMessages } from '../view/frames/websocket-inflate.ts'
import { connectionJson } from '../view/json/connection-json.ts'
import type { Bodies, ExchangeWithContent } from '../view/json/exchange-json.ts'
import { picked } from '../view/json/picked.ts'
import { jsonText } from '../view/printable.ts'
import type { Style } from '../view/style.ts'
import { traceText } from '../view/text/trace-text.ts'
import { print } from './stdout.ts'

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

/** Prints a connection to stdout. */
export const printConnection = (capture: Capture, connection: Connection, options: PrintOptions): void =>
  print(`${connectionText(capture, connection, options)}\n`)

/** A connection with its first ten exchanges, or all: two columns and the comparison, or a line of JSON. */
export function connectionText(capture: Capture, connection: Connection, options: PrintOptions): string {
  const { json, style, reason, fields } = options
  const bytes = options.bytes || fields?.some(path => /(^|\.)(b|headB)ytes$/.test(path))
  const limits = options.all ? all : few
  const wants = (member: string): boolean => fields?.some(path => path.split('.')[0] === member) ?? true
  const pair = ofHandshakes.some(wants) ? readLegPair(capture, connection) : { connection }
  const ids = options.exchanges ?? capture.exchangesOf(connection.id)
  const exchanges = (wants('exchanges') ? ids : [])
    .slice(0, limits.exchanges)
    .flatMap(id => withContent(capture, id, limits.messages) ?? [])
  const frames = {
    entries: wants('frames') ? capture.frames(connection.id, { limit: limits.frames }) : [],
    count: capture.frameCount(connection.id),
  }
  const more = { exchanges, exchangeCount: ids.length, ...(frames.count > 0 && { frames }) }
  if (!json) return traceText(pair, { ...more, columns: outputColumns(), style }).join('\n')
  const value = connectionJson(pair, { ...more, ...(bytes && { bytes }), ...(reason !== undefined && { reason }) })
  return jsonText(fields ? picked(value, fields) : value)
}

/** Of the terminal, or as many as COLUMNS says; else what fits into most windows. */
export const outputColumns = (): number => process.stdout.columns ?? (Number(process.env.COLUMNS) || narrow)

export function firstExchange(capture: Capture, connection: Connection): Exchange | undefined {
  const [first] = capture.exchangesOf(connection.id)
  return first === undefined ? undefined : capture.exchange(first)
}

function withContent(capture: Capture, id: ExchangeId, mostMessages: number): ExchangeWithContent | undefined {
  const exchange = capture.exchange(id)
  if (!exchange) return undefined
  const bodies = bodiesOf(capture, exchange)
  const messageCount = capture.streamMessageCount(id)
  if (messageCount === 0) return { exchange, bodies }
  const headers = exchange.response?.head.headers ?? []
  const messages = [...inflatedMessages(capture.streamMessages(id, { limit: mostMessages }), headers)]
  return { exchange, bodies, messages, messageCount }
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

/** Colours on a terminal, unless NO_COLOR forbids them (no-color.org). */
export const terminalStyle = (): Style => ({ color: Boolean(process.stdout.isTTY) && !process.env.NO_COLOR })
