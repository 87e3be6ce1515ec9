import { basename } from 'node:path'
import { readLegPair } from '../../compare/read-leg-pair.ts'
import type { Capture } from '../../store/capture.ts'
import { exchangeJson } from '../../view/json/exchange-json.ts'
import { contentsOf } from '../contents.ts'
import { type ExportedFlow, exportedFlows } from '../exported-flows.ts'
import { type Exporter, type ExportSource, isWhole } from '../exporter.ts'
import { SeenIds } from '../seen-ids.ts'
import { Blocks } from './blocks.ts'
import { BodyAllowance } from './body-allowance.ts'
import { reportConnection } from './connection.ts'
import { documentEnd, documentStart } from './document.ts'
import { reportRow } from './row.ts'
import { pageScript } from './script.ts'
import type { ReportFlow } from './shape.ts'
import { pageStyle } from './style.ts'

const mostMessages = 100 // of a WebSocket

/** One page that stands by itself: both handshakes drawn, what differs, and the flows, to be looked at in a browser. */
export const html: Exporter = {
  key: 'html',
  text: true,
  *pieces(source) {
    const { capture, selection, redacted } = source
    const { path, flows, startedAt } = capture.info()
    const script = pageScript()
    yield documentStart({
      name: basename(path),
      startedAt,
      flows,
      whole: isWhole(selection),
      redacted,
      script,
      style: pageStyle,
    })
    yield* blocksOf(source)
    yield documentEnd(script)
  },
}

/** At most so many flows leave. */
const leavingCount = ({ capture, selection: { ids, filter } }: ExportSource): number =>
  ids?.size ?? capture.count(filter)

/** Rows, what is behind them, and each connection where it comes first. */
function* blocksOf(source: ExportSource): Generator<string> {
  const { capture } = source
  const [rows, flows, connections] = [new Blocks('rows'), new Blocks('flows'), new Blocks('connections')]
  const told = new SeenIds()
  const allowance = new BodyAllowance(leavingCount(source), source.redacted)
  for (const flow of exportedFlows(source)) {
    const { row, connection } = flow
    yield* rows.add(row.id, reportRow(flow))
    yield* flows.add(row.id, reportFlow(capture, flow, allowance))
    if (told.add(connection.id))
      yield* connections.add(connection.id, reportConnection(readLegPair(capture, connection)))
  }
  for (const each of [rows, flows, connections]) yield* each.rest()
}

function reportFlow(capture: Capture, flow: ExportedFlow, allowance: BodyAllowance): ReportFlow {
  if (!flow.exchange) return {}
  const [content] = contentsOf(capture, [flow.row.id], mostMessages)
  return content ? { exchange: allowance.cut(exchangeJson(content, flow.connection.openedAt)) } : {}
}
