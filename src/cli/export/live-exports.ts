import { flowOf } from '../../export/exported-flows.ts'
import { type Ended, EndedWatch } from '../../export/live/ended.ts'
import type { LiveExporter } from '../../export/live/live-exporter.ts'
import { type LiveKey, loadLive } from '../../export/live/live-formats.ts'
import type { Changes } from '../../model/changes.ts'
import { type Capture, openCapture } from '../../store/capture.ts'
import { KeptFileError } from '../../store/kept-file.ts'
import { CliError, note, usageExitCode } from '../fail.ts'
import type { Run } from '../run.ts'
import type { LiveFlags, LiveWish } from './live-options.ts'

interface LiveFile extends LiveWish {
  readonly as: Exclude<LiveKey, 'keylog'>
  /** Undefined once it cannot be written any more. */
  exporter: LiveExporter | undefined
}

const atOnce = 20 // ms: a screen is drawn by the same thread

/** The run, with files that are written while it records, and are whole at every moment. Throws CliError. */
export async function withExports(run: Run, { export: wishes, redact }: LiveFlags): Promise<Run> {
  const redaction = redact === undefined ? undefined : await openRedaction(redact) // before anything takes a file's place
  const files = await openFiles(wishes)
  if (files.length === 0) return run
  const exports = new LiveExports(files, redaction?.clean ?? (capture => capture))
  exports.read(openCapture(run.capturePath))
  const stop = run.onChange(changes => exports.hear(changes))
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    exports.pause() // the reader goes before the writer, so that it can fold the log into one file
    await run.close()
    stop()
    exports.finish(openCapture(run.capturePath))
    redaction?.tell()
  }
  const once = (): Promise<void> => {
    closing ??= close()
    return closing
  }
  return Object.create(run, { close: { value: once } })
}

async function openRedaction(redact: string | boolean) {
  const { openRedactionHere, redactionRules } = await import('./redaction-here.ts')
  return openRedactionHere(redactionRules(redact === true ? '' : String(redact)))
}

async function openFiles(wishes: readonly LiveWish[]): Promise<readonly LiveFile[]> {
  const files: LiveFile[] = []
  for (const { as, path } of wishes) {
    if (as === 'keylog') continue
    try {
      files.push({ as, path, exporter: (await loadLive(as))(path) })
    } catch (error) {
      for (const { exporter } of files) exporter?.close()
      if (error instanceof KeptFileError) throw new CliError(`--export: ${error.message}`, usageExitCode)
      throw new CliError(`--export: ${path} cannot be written (${(error as NodeJS.ErrnoException).code})`)
    }
  }
  return files
}

/** Hands what has ended to the files, a little at a time. */
class LiveExports {
  readonly #files: readonly LiveFile[]
  readonly #clean: (capture: Capture) => Capture
  readonly #watch = new EndedWatch()
  readonly #waiting: Changes[] = []
  readonly #work: ((capture: Capture) => void)[] = []
  #inner: Capture | undefined
  #outer: Capture | undefined
  #timer: NodeJS.Immediate | undefined

  constructor(files: readonly LiveFile[], clean: (capture: Capture) => Capture) {
    this.#files = files
    this.#clean = clean
  }

  read(capture: Capture): void {
    this.#inner = capture
    this.#outer = this.#clean(capture)
  }

  hear(changes: Changes): void {
    this.#waiting.push(changes)
    if (this.#inner) this.#timer ??= setImmediate(() => this.#some())
  }

  /** What is told from now on waits. */
  pause(): void {
    clearImmediate(this.#timer)
    this.#timer = undefined
    this.#inner?.close()
    this.#inner = undefined
    this.#outer = undefined
  }

  /** All has ended: the rest goes out of the capture, which is closed then, and so are the files. */
  finish(capture: Capture): void {
    this.read(capture)
    try {
      this.#take(Number.POSITIVE_INFINITY)
      this.#plan(this.#watch.hear(capture, { flows: [], connections: [] }, true))
      this.#take(Number.POSITIVE_INFINITY)
    } finally {
      this.pause()
      for (const file of this.#files) file.exporter?.close()
    }
  }

  #some(): void {
    this.#timer = undefined
    this.#take(performance.now() + atOnce)
    if (this.#waiting.length + this.#work.length > 0) this.#timer = setImmediate(() => this.#some())
  }

  #take(until: number): void {
    const [inner, outer] = [this.#inner, this.#outer]
    if (!inner || !outer) return
    while (performance.now() < until) {
      const work = this.#work.shift()
      const changes = work ? undefined : this.#waiting.shift()
      if (work) work(outer)
      else if (changes) this.#plan(this.#watch.hear(inner, changes))
      else return
    }
  }

  #plan({ flows, connections }: Ended): void {
    for (const { id, first } of flows)
      this.#work.push(capture => {
        const row = capture.flows({ after: id - 1, limit: 1 })[0]
        const flow = row?.id === id ? flowOf(capture, row, first) : undefined
        if (flow) this.#each(exporter => exporter.flow?.(capture, flow))
      })
    for (const { id, exchanges } of connections)
      this.#work.push(capture => {
        const connection = capture.connection(id)
        if (connection) this.#each(exporter => exporter.connection?.(capture, { connection, exchanges }))
      })
  }

  /** A file that cannot be written any more is given up: the recording goes on. */
  #each(write: (exporter: LiveExporter) => void): void {
    for (const file of this.#files) {
      if (!file.exporter) continue
      try {
        write(file.exporter)
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException
        note(`--export: ${file.path} is written no further (${code ?? message}); it is whole up to here`)
        file.exporter.close()
        file.exporter = undefined
      }
    }
  }
}
