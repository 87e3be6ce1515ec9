import { readLegPair } from '../compare/read-leg-pair.ts'
import type { Connection } from '../model/connection.ts'
import type { ExchangeId, Side } from '../model/exchange.ts'
import type { Capture } from '../store/capture.ts'
import { connectionJson } from '../view/connection-json.ts'
import { jsonText } from '../view/json-text.ts'
import type { Style } from '../view/style.ts'
import { traceText } from '../view/trace-text.ts'
import { print } from './stdout.ts'

export interface PrintOptions {
  readonly json: boolean
  readonly style: Style
}

const shownBody = 64 * 1024

/** Prints a connection with its first exchange to stdout: two columns and the comparison, or the same as a line of JSON. */
export function printConnection(capture: Capture, connection: Connection, { json, style }: PrintOptions): void {
  const pair = readLegPair(capture, connection)
  if (json) {
    print(`${jsonText(connectionJson(pair))}\n`)
    return
  }
  const [first] = capture.exchangesOf(connection.id)
  const exchange = first === undefined ? undefined : capture.exchange(first)
  const bodies = exchange ? { ...part(capture, exchange.id, 'request'), ...part(capture, exchange.id, 'response') } : {}
  const columns = process.stdout.columns ?? 160
  print(`${traceText(pair, exchange, bodies, columns, style).join('\n')}\n`)
}

function part(capture: Capture, id: ExchangeId, side: Side): { [side in Side]?: Uint8Array } {
  const bytes = capture.body(id, side, 0, shownBody)
  return bytes.length > 0 ? { [side]: bytes } : {}
}

/** Colours on a terminal, unless NO_COLOR forbids them (no-color.org). */
export const terminalStyle = (): Style => ({ color: Boolean(process.stdout.isTTY) && !process.env.NO_COLOR })
