import type { Exporter, ExportSource } from '../../export/exporter.ts'
import { gathered, intoFile } from '../../export/into-file.ts'
import { CliError, usageExitCode } from '../fail.ts'
import { keepingPace, print } from '../stdout.ts'
import { openInterruption } from './interruption.ts'
import { namedWriting } from './named-writing.ts'
import { openProgress } from './progress.ts'

/** Writes an export into a file, or to stdout where that is `-` or absent. Throws CliError. */
export async function writeExport(exporter: Exporter, source: ExportSource, output: string | undefined): Promise<void> {
  const toStdout = output === undefined || output === '-'
  if (!exporter.text && (output === undefined || (toStdout && process.stdout.isTTY)))
    throw new CliError(`--as ${exporter.key} is no text: name a file with -o FILE`, usageExitCode)
  const progress = openProgress(source.capture.info().flows)
  const interruption = openInterruption('the export')
  const pieces = exporter.pieces({ ...source, passed: flows => progress.passed(flows) })
  try {
    if (toStdout) await toPipe(pieces, () => interruption.pause())
    else await intoFile(output, pieces, () => interruption.pause())
  } catch (error) {
    throw namedWriting(error, toStdout ? 'the output' : output)
  } finally {
    interruption.end()
    progress.end()
  }
}

async function toPipe(pieces: Iterable<string | Uint8Array>, pause: () => Promise<void>): Promise<void> {
  for (const piece of gathered(pieces)) {
    print(piece)
    await keepingPace()
    await pause()
  }
}
