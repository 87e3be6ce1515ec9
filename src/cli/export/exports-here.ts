import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type ExportKey, exportFormats, exportKeys, loadExporter } from '../../export/exporters.ts'
import { intoFile } from '../../export/into-file.ts'
import { defaultRules, RedactionLog } from '../../export/redact/redaction.ts'
import { openCapture } from '../../store/capture.ts'
import type { Actions, Status } from '../../tui/actions.ts'
import { decodedBody } from '../../view/body/decoded.ts'
import { counted } from '../../view/format.ts'
import { inflatedMessages } from '../../view/frames/websocket-inflate.ts'
import { namedWriting } from './named-writing.ts'

const turn = 20 // ms: the screen is drawn by the same thread

/** What the screen can write for other programs. */
export const formatsHere: NonNullable<Status['exports']> = exportKeys.map(key => ({ key, ...exportFormats[key] }))

/** Writes it, of the capture of this path. */
export const exportsHere = (capturePath: string): Pick<Actions, 'export'> => ({
  async export({ format, path, redacted, flows }) {
    if (existsSync(path)) throw new Error(`${path} is there already: give another name.`)
    const exporter = await loadExporter(format as ExportKey)
    if (redacted && exporter.unredacted !== undefined)
      throw new Error(`${format} cannot be redacted: ${exporter.unredacted}.`)
    const capture = openCapture(capturePath, { decode: { body: decodedBody, messages: inflatedMessages } })
    const log = new RedactionLog()
    try {
      const { redactedCapture } = await import('../../export/redact/redacted-capture.ts')
      const source = {
        capture: redacted ? redactedCapture(capture, defaultRules, log) : capture,
        ...{ selection: flows, redacted },
      }
      await intoFile(path, exporter.pieces(source), pauses())
    } catch (error) {
      throw namedWriting(error, path)
    } finally {
      capture.close()
    }
    const left = log.counts().reduce((sum, { count }) => sum + count, 0)
    const without = left === 0 ? '; there was no secret in it' : `, without ${counted(left, 'secret')}`
    return `${resolve(path)} is written${redacted ? without : ''}.`
  },
})

function pauses(): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < turn) return
    await new Promise(done => setImmediate(done))
    last = performance.now()
  }
}
