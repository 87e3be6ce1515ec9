import { legsOf } from '../../view/text/flow-line.ts'
import { flowTiming } from '../../view/timing/timing.ts'
import type { ExportedFlow } from '../exported-flows.ts'
import type { ReportRow } from './shape.ts'

/** A flow as a row of the list, with the phases of its time. */
export function reportRow({ row, connection, exchange, first }: ExportedFlow): ReportRow {
  const phases = exchange ? flowTiming(exchange, connection, { first }).phases : []
  return {
    ...row,
    legs: legsOf(connection),
    spans: phases.map(({ name, from, to }) => [name, rounded(from - row.startedAt), rounded(to - from)]),
  }
}

/** To a hundredth of a ms. */
const rounded = (ms: number): number => Math.round(ms * 100) / 100
