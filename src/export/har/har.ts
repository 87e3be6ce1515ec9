import { version } from '../../model/version.ts'
import { jsonPieces } from '../../view/json/json-pieces.ts'
import { jsonText } from '../../view/printable.ts'
import { type ExportedFlow, exportedFlows } from '../exported-flows.ts'
import type { Exporter } from '../exporter.ts'
import { HarEntries, type HarFlow } from './entry.ts'

/** HAR 1.2, with what it has no place for under names that begin with `_` (har.md). */
export const har: Exporter = {
  key: 'har',
  text: true,
  *pieces(source) {
    const entries = new HarEntries(source.capture)
    yield harStart
    let before = '\n'
    for (const flow of exportedFlows(source)) {
      if (!hasExchange(flow)) continue
      yield before
      yield* jsonPieces(entries.of(flow))
      before = ',\n'
    }
    yield harEnd
  },
}

/** A flow that is a connection alone has no place in a HAR. */
export const hasExchange = (flow: ExportedFlow): flow is HarFlow => flow.exchange !== undefined

const creator = { name: 'Parley', version }

/** What stands before the entries and behind them. */
export const harStart = `{"log":{"version":"1.2","creator":${jsonText(creator)},"pages":[],"entries":[`
export const harEnd = '\n]}}\n'
