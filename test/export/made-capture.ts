import { join } from 'node:path'
import type { Exporter, ExportSource, Selection } from '../../src/export/exporter.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import type { CaptureWriter } from '../../src/store/capture-writer.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { inFolder } from '../store/samples.ts'

/** Runs with a capture that was filled so, gone afterwards. */
export function withCapture<Result>(
  fill: (writer: CaptureWriter) => void,
  work: (capture: Capture, folder: string) => Result,
): Result {
  return inFolder(folder => {
    const path = join(folder, 'made.parley')
    const writer = openCaptureWriter(path)
    fill(writer)
    writer.close()
    const capture = openCapture(path)
    const close = () => capture.close()
    let result: Result
    try {
      result = work(capture, folder)
    } catch (error) {
      close()
      throw error
    }
    if (result instanceof Promise) return result.finally(close) as Result
    close()
    return result
  })
}

export const sourceOf = (capture: Capture, selection: Selection = {}): ExportSource => ({
  ...{ capture, selection, redacted: false },
})

/** The whole file as text. */
export const written = (exporter: Exporter, source: ExportSource): string =>
  [...exporter.pieces(source)].map(piece => (typeof piece === 'string' ? piece : Buffer.from(piece))).join('')
