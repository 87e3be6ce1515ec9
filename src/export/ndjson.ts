import { readLegPair } from '../compare/read-leg-pair.ts'
import type { Connection, ConnectionId } from '../model/connection.ts'
import type { ExchangeId } from '../model/exchange.ts'
import type { Capture } from '../store/capture.ts'
import { connectionLine } from './connection-line.ts'
import { framesOf } from './contents.ts'
import type { Exporter, ExportSource, Selection } from './exporter.ts'

const every = Number.MAX_SAFE_INTEGER
const page = 1000 // flows, and connections

/** The JSON of `parley show --json --all`, one connection a line, with those of its exchanges that leave. */
export const ndjson: Exporter = {
  key: 'ndjson',
  says: 'one connection a line, as show --json --all has it',
  ending: '.ndjson',
  text: true,
  *pieces(source) {
    const { capture, selection } = source
    if (selection.ids || (selection.filter && selection.filter.type !== 'all')) return yield* chosen(source)
    for (let after = 0; ; ) {
      const connections = capture.connections({ after, limit: page })
      const last = connections.at(-1)?.id
      if (last === undefined) return
      const exchanges = capture.exchangesOfMany(after + 1, last)
      for (const connection of connections) {
        const ids = exchanges.get(connection.id) ?? []
        yield* linePieces(capture, connection, ids)
        source.passed?.(Math.max(1, ids.length))
      }
      after = last
    }
  },
}

function* chosen({ capture, selection, passed }: ExportSource): Generator<string> {
  const found = leavingExchanges(capture, selection)
  for (const id of [...found.keys()].sort((a, b) => a - b)) {
    const connection = capture.connection(id)
    if (connection) yield* linePieces(capture, connection, found.get(id)!)
    passed?.(found.get(id)!.length)
  }
}

/** A line with its end. */
export function* linePieces(
  capture: Capture,
  connection: Connection,
  exchanges: readonly ExchangeId[],
): Generator<string> {
  const count = capture.frameCount(connection.id)
  const frames = count > 0 && { frames: { entries: framesOf(capture, connection.id, every), count } }
  const told = { exchanges, exchangeCount: exchanges.length, messages: every, ...(frames || {}) }
  yield* connectionLine(capture, readLegPair(capture, connection), told)
  yield '\n'
}

/** The exchanges that leave by their connections; of one that leaves itself there may be none. */
function leavingExchanges(capture: Capture, { filter, ids }: Selection): ReadonlyMap<ConnectionId, ExchangeId[]> {
  const found = new Map<ConnectionId, ExchangeId[]>()
  for (let after = 0; ; ) {
    const rows = capture.flows({ after, limit: page, ...(filter && !ids && { filter }) })
    for (const { kind, id, connection } of rows) {
      after = id
      if (ids && !ids.has(id)) continue
      const exchanges = found.get(connection) ?? []
      if (kind === 'exchange') exchanges.push(id)
      found.set(connection, exchanges)
    }
    if (rows.length < page) return found
  }
}
