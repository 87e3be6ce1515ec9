import type { CopyFormat, ProgramFormat } from '../view/copy/format.ts'
import { exportedFlows } from './exported-flows.ts'
import type { Exporter, ExportSource } from './exporter.ts'

const mostBody = 16 * 1024 * 1024 // bytes: longer ones are named with their beginning's length

/** What the copy menu makes of one request, of every request that leaves, one after the other. */
export const copied = (format: CopyFormat | ProgramFormat): Exporter => ({
  key: format.key,
  text: true,
  pieces: source => ('part' in format ? program(format, source) : parts(format, source)),
})

function* parts(format: CopyFormat, source: ExportSource): Generator<string> {
  for (const { exchange } of exportedFlows(source)) {
    if (!exchange) continue
    const text = format.copy(exchange, source.capture.body(exchange.id, format.side, 0, mostBody))
    yield text.endsWith('\n') ? `${text}\n` : `${text}\n\n`
  }
}

function* program(format: ProgramFormat, source: ExportSource): Generator<string> {
  let count = 0
  yield format.before
  for (const { exchange } of exportedFlows(source))
    if (exchange) yield format.part(exchange, source.capture.body(exchange.id, format.side, 0, mostBody), ++count)
  yield format.after(count)
}
