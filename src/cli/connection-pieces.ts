import { readLegPair } from '../compare/read-leg-pair.ts'
import { connectionLine } from '../export/connection-line.ts'
import { contentsOf, framesOf } from '../export/contents.ts'
import type { Connection } from '../model/connection.ts'
import type { ExchangeId } from '../model/exchange.ts'
import type { Capture } from '../store/capture.ts'
import type { Style } from '../view/style.ts'
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
  if (json)
    return yield* connectionLine(capture, pair, { ...options, ...counted, exchanges, messages: limits.messages })
  const contents = contentsOf(capture, exchanges, limits.messages)
  let before = ''
  for (const line of traceLines(pair, { ...counted, exchanges: contents, columns: outputColumns(), style })) {
    yield before + line
    before = '\n'
  }
}

/** Of the terminal, or as many as COLUMNS says; else what fits into most windows. */
export const outputColumns = (): number => process.stdout.columns ?? (Number(process.env.COLUMNS) || narrow)
