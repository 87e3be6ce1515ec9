import { closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { kindBytes, kindOf } from '../../import/kind.ts'
import type { Capture } from '../../store/capture.ts'
import { capturePath } from '../captures.ts'
import { CliError, note, usageExitCode } from '../fail.ts'
import { openNamed } from '../open-capture.ts'
import { drawProgress } from './import-progress.ts'
import { type Importing, startImport } from './start-import.ts'

/** What a person says of files that others recorded. */
export interface ImportFlags {
  readonly keylog?: readonly string[]
  /** Where the capture that is made of them stays. */
  readonly output?: string | undefined
}

/** A capture to show: Parley's own, or made of other files. */
export interface Opened {
  readonly capture: Capture
  /** Absent where nothing is imported. */
  readonly importing?: Importing
  /** Closes it, and takes away what was made for this time only. */
  close(): Promise<void>
}

const bodyLimit = 256 * 1024 * 1024

/**
 * Opens a capture by its name or path, several as one, or has one made of files of packets and HAR files: it grows while it is shown. Throws CliError,
 * StoreError, and what the file system says.
 */
export async function openFiles(names: readonly string[], flags: ImportFlags): Promise<Opened> {
  const paths = names.map(name => capturePath(name))
  const isOwn = paths.map(path => isCapture(path))
  if (isOwn.every(own => own)) {
    if (paths.length > 1) return openMerged(paths, flags)
    if (flags.output !== undefined) throw new CliError('-o is for what is made of other files', usageExitCode)
    const capture = openNamed(names[0]!)
    return { capture, close: async () => capture.close() }
  }
  const own = isOwn.indexOf(true)
  if (own >= 0) throw new CliError(`${paths[own]} is a capture already: open it with captures alone`, usageExitCode)
  return openImported(paths, flags)
}

/** Several captures as one, as they are at this moment. */
async function openMerged(paths: readonly string[], { output }: ImportFlags): Promise<Opened> {
  const { mergeCaptures } = await import('../../store/merge-captures.ts')
  const { to, remove } = placeFor(paths[0]!, output)
  try {
    mergeCaptures(paths, to)
    const capture = openNamed(to)
    const close = async (): Promise<void> => {
      capture.close()
      remove()
    }
    return { capture, close }
  } catch (error) {
    remove()
    throw error
  }
}

/** Where the capture that is made goes: into `output`, or a folder that is gone afterwards. */
function placeFor(first: string, output: string | undefined): { readonly to: string; remove(): void } {
  if (output !== undefined) return { to: output, remove: () => {} }
  const folder = mkdtempSync(join(tmpdir(), 'parley-'))
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true })
    process.off('exit', remove)
  }
  process.once('exit', remove)
  return { to: join(folder, `${basename(first)}.parley`), remove }
}

/** All of it, whatever has to be made first; on a terminal with how far that is. */
export async function openWhole(names: readonly string[], flags: ImportFlags): Promise<Opened> {
  const opened = await openFiles(names, flags)
  const { importing } = opened
  if (!importing) return opened
  const drawn = drawProgress(importing)
  const sentences: string[] = []
  importing.onSaid(sentence => sentences.push(sentence))
  try {
    await importing.done
  } catch (error) {
    drawn()
    await opened.close()
    throw error
  }
  drawn()
  for (const sentence of sentences) note(sentence)
  return opened
}

/** A file that is not there, too: what opens captures says so best. */
function isCapture(path: string): boolean {
  if (!existsSync(path)) return true
  const file = openSync(path, 'r')
  try {
    const first = Buffer.alloc(kindBytes)
    const kind = kindOf(first.subarray(0, readSync(file, first)))
    return kind === undefined || kind === 'capture'
  } catch {
    return true // a folder
  } finally {
    closeSync(file)
  }
}

async function openImported(files: readonly string[], { keylog = [], output }: ImportFlags): Promise<Opened> {
  const { to, remove } = placeFor(files[0]!, output)
  const limits = { body: bodyLimit, behind: Number.POSITIVE_INFINITY }
  const importing = startImport({ files, keyLogs: keylog, to, limits })
  const leave = async (): Promise<void> => {
    await importing.stop()
    remove()
  }
  try {
    await importing.opened
    const capture = openNamed(to)
    return { capture, importing, close: () => leave().finally(() => capture.close()) }
  } catch (error) {
    await leave()
    throw error
  }
}
