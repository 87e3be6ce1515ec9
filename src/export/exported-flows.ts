import type { Connection } from '../model/connection.ts'
import type { Exchange, ExchangeId } from '../model/exchange.ts'
import type { Capture } from '../store/capture.ts'
import type { FlowRow } from '../store/queries.ts'
import { type ExportSource, inRange, type Selection } from './exporter.ts'
import { SeenIds } from './seen-ids.ts'

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
  const known = new SeenIds()
  for (let after = 0; ; ) {
    const rows = capture.flows({ after, limit: page })
    const last = rows.at(-1)
    if (!last) return
    const leaves = chosenOf(capture, selection, { first: rows[0]!.id, last: last.id })
    for (const row of rows) {
      const first = row.kind === 'exchange' && known.add(row.connection)
      if (!inRange(selection, row.id) || !leaves(row.id)) continue
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
