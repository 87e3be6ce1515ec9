import { readLegPair } from '../compare/read-leg-pair.ts'
import type { Capture } from '../store/capture.ts'
import { connectionLine } from './connection-line.ts'
import { framesOf } from './contents.ts'
import type { Exporter } from './exporter.ts'
import { type LeavingConnection, leavingFlows } from './leaving-flows.ts'

const every = Number.MAX_SAFE_INTEGER

/** The JSON of `parley show --json --all`, one connection a line, with those of its exchanges that leave. */
export const ndjson: Exporter = {
  key: 'ndjson',
  text: true,
  *pieces(source) {
    for (const leaving of leavingFlows(source)) yield* linePieces(source.capture, leaving)
  },
}

/** A line with its end. */
export function* linePieces(capture: Capture, { connection, exchanges }: LeavingConnection): Generator<string> {
  const count = capture.frameCount(connection.id)
  const frames = count > 0 && { frames: { entries: framesOf(capture, connection.id, every), count } }
  const told = { exchanges, exchangeCount: exchanges.length, messages: every, ...(frames || {}) }
  yield* connectionLine(capture, readLegPair(capture, connection), told)
  yield '\n'
}
