import type { Connection } from '../model/connection.ts'
import type { Exchange } from '../model/exchange.ts'
import type { Capture } from '../store/capture.ts'
import type { Style } from '../view/style.ts'
import { connectionPieces, type PrintOptions } from './connection-pieces.ts'
import { keepingPace, print } from './stdout.ts'

const atOnce = 64 * 1024 // characters

/** Prints a connection to stdout, no faster than it is read. */
export async function printConnection(capture: Capture, connection: Connection, options: PrintOptions): Promise<void> {
  let text = ''
  for (const piece of connectionPieces(capture, connection, options)) {
    text += piece
    if (text.length < atOnce) continue
    print(text)
    await keepingPace()
    text = ''
  }
  print(`${text}\n`)
  await keepingPace()
}

/** What `printConnection` prints, at once. */
export const connectionText = (...of: Parameters<typeof connectionPieces>): string =>
  [...connectionPieces(...of)].join('')

export function firstExchange(capture: Capture, connection: Connection): Exchange | undefined {
  const [first] = capture.exchangesOf(connection.id)
  return first === undefined ? undefined : capture.exchange(first)
}

/** Colours on a terminal, unless NO_COLOR forbids them (no-color.org). */
export const terminalStyle = (): Style => ({ color: Boolean(process.stdout.isTTY) && !process.env.NO_COLOR })
