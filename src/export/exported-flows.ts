import type { Connection, ConnectionId } from '../model/connection.ts'
import type { Exchange, ExchangeId } from '../model/exchange.ts'
import type { Capture } from '../store/capture.ts'
import type { FlowRow } from '../store/queries.ts'
import type { ExportSource, Selection } from './exporter.ts'

/** A flow that leaves. */
export interface ExportedFlow {
  readonly row: FlowRow
  readonly connection: Connection
  /** Absent where the flow is a connection without one. */
  readonly exchange?: Exchange
  /** Whether its connection was opened for it: no exchange came there before. */
  readonly first: boolean
}

const page = 1000 // flows

/** The flows of a selection, oldest first, a page at a time. All rows are passed, so that the first of a connection is known. */
export function* exportedFlows({ capture, selection, passed }: ExportSource): Generator<ExportedFlow> {
  const known = new SeenConnections()
  for (let after = 0; ; ) {
    const rows = capture.flows({ after, limit: page })
    const last = rows.at(-1)
    if (!last) return
    const leaves = chosenOf(capture, selection, { first: rows[0]!.id, last: last.id })
    for (const row of rows) {
      const first = row.kind === 'exchange' && known.add(row.connection)
      if (!leaves(row.id)) continue
      const flow = flowOf(capture, row, first)
      if (flow) yield flow
    }
    after = last.id
    passed?.(rows.length)
  }
}

/** The flow of a row with all that is known of it; undefined where its connection was never written. */
export function flowOf(capture: Capture, row: FlowRow, first: boolean): ExportedFlow | undefined {
  const connection = capture.connection(row.connection)
  const exchange = row.kind === 'exchange' ? capture.exchange(row.id) : undefined
  if (!connection || (row.kind === 'exchange' && !exchange)) return undefined
  return { row, connection, first, ...(exchange && { exchange }) }
}

function chosenOf(
  capture: Capture,
  { filter, ids }: Selection,
  range: { readonly first: ExchangeId; readonly last: ExchangeId },
): (id: ExchangeId) => boolean {
  if (ids) return id => ids.has(id)
  if (!filter || filter.type === 'all') return () => true
  const fitting = new Set(capture.matching(filter, page, range))
  return id => fitting.has(id)
}

const pageBits = 32_768

/** A bit for each connection: a million that follow each other take 125 KB. */
export class SeenConnections {
  readonly #pages = new Map<number, Uint8Array>()

  /** Whether it was not there before. */
  add(id: ConnectionId): boolean {
    const number = Math.floor(id / pageBits)
    const bits = this.#pages.get(number) ?? new Uint8Array(pageBits / 8)
    this.#pages.set(number, bits)
    const place = id % pageBits
    const bit = 1 << (place & 7)
    const isNew = (bits[place >> 3]! & bit) === 0
    bits[place >> 3]! |= bit
    return isNew
  }
}
