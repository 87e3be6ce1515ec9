import type { Connection, ConnectionId } from '../model/connection.ts'
import type { ExchangeId } from '../model/exchange.ts'
import type { Capture } from '../store/capture.ts'
import { type ExportSource, inRange, isWhole, type Selection } from './exporter.ts'

/** A connection with those of its exchanges that leave; there may be none. */
export interface LeavingConnection {
  readonly connection: Connection
  readonly exchanges: readonly ExchangeId[]
}

const page = 1000 // flows, and connections

/** What leaves by connections, the oldest first. Where not all leave, the numbers of those that do are in memory. */
export function* leavingFlows(source: ExportSource): Generator<LeavingConnection> {
  yield* isWhole(source.selection) ? every(source) : chosen(source)
}

function* every({ capture, passed }: ExportSource): Generator<LeavingConnection> {
  for (let after = 0; ; ) {
    const connections = capture.connections({ after, limit: page })
    const last = connections.at(-1)?.id
    if (last === undefined) return
    const exchanges = capture.exchangesOfMany(after + 1, last)
    for (const connection of connections) {
      const own = exchanges.get(connection.id) ?? []
      yield { connection, exchanges: own }
      passed?.(Math.max(1, own.length))
    }
    after = last
  }
}

function* chosen({ capture, selection, passed }: ExportSource): Generator<LeavingConnection> {
  const found = exchangesThatLeave(capture, selection)
  for (const id of [...found.keys()].sort((a, b) => a - b)) {
    const connection = capture.connection(id)
    const exchanges = found.get(id)!
    if (connection) yield { connection, exchanges }
    passed?.(Math.max(1, exchanges.length))
  }
}

function exchangesThatLeave(capture: Capture, selection: Selection): ReadonlyMap<ConnectionId, readonly ExchangeId[]> {
  const { filter, ids } = selection
  const found = new Map<ConnectionId, ExchangeId[]>()
  for (let after = 0; ; ) {
    const rows = capture.flows({ after, limit: page, ...(filter && !ids && { filter }) })
    for (const { kind, id, connection } of rows) {
      after = id
      if (!inRange(selection, id) || (ids && !ids.has(id))) continue
      const exchanges = found.get(connection) ?? []
      if (kind === 'exchange') exchanges.push(id)
      found.set(connection, exchanges)
    }
    if (rows.length < page) return found
  }
}
