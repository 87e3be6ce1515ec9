import { readLegPair } from '../compare/read-leg-pair.ts'
import type { Connection } from '../model/connection.ts'
import type { Exchange, ExchangeId, Side } from '../model/exchange.ts'
import type { Capture } from '../store/capture.ts'
import { connectionJson } from '../view/connection-json.ts'
import type { ExchangeWithBodies } from '../view/json/exchange-json.ts'
import { jsonText } from '../view/json-text.ts'
import type { Style } from '../view/style.ts'
import type { Bodies } from '../view/trace/http-lines.ts'
import { traceText } from '../view/trace-text.ts'
import { print } from './stdout.ts'

export interface PrintOptions {
  readonly json: boolean
  readonly style: Style
  /** Why there is no whole response, for programs. */
  readonly reason?: string
}

const shownBody = 64 * 1024
const mostExchanges = 10

/** Prints a connection with its first exchange to stdout: two columns and the comparison; or with its first ten as a line of JSON. */
export function printConnection(capture: Capture, connection: Connection, options: PrintOptions): void {
  const { json, style, reason } = options
  const pair = readLegPair(capture, connection)
  if (json) {
    const ids = capture.exchangesOf(connection.id)
    const exchanges = ids.slice(0, mostExchanges).flatMap(id => withBodies(capture, id) ?? [])
    const more = { exchanges, exchangeCount: ids.length, ...(reason !== undefined && { reason }) }
    print(`${jsonText(connectionJson(pair, more))}\n`)
    return
  }
  const [first] = capture.exchangesOf(connection.id)
  const { exchange, bodies = {} } = (first !== undefined && withBodies(capture, first)) || {}
  const columns = process.stdout.columns ?? 160
  print(`${traceText(pair, exchange, bodies, columns, style).join('\n')}\n`)
}

export function firstExchange(capture: Capture, connection: Connection): Exchange | undefined {
  const [first] = capture.exchangesOf(connection.id)
  return first === undefined ? undefined : capture.exchange(first)
}

function withBodies(capture: Capture, id: ExchangeId): ExchangeWithBodies | undefined {
  const exchange = capture.exchange(id)
  return exchange && { exchange, bodies: { ...part(capture, id, 'request'), ...part(capture, id, 'response') } }
}

function part(capture: Capture, id: ExchangeId, side: Side): Bodies {
  const bytes = capture.body(id, side, 0, shownBody)
  return bytes.length > 0 ? { [side]: bytes } : {}
}

/** Colours on a terminal, unless NO_COLOR forbids them (no-color.org). */
export const terminalStyle = (): Style => ({ color: Boolean(process.stdout.isTTY) && !process.env.NO_COLOR })
