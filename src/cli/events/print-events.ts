import type { EndReason, Told } from '../../view/json/event-json.ts'
import { eventJson } from '../../view/json/event-json.ts'
import { jsonText } from '../../view/printable.ts'
import { noteListening } from '../note-listening.ts'
import type { Run } from '../run.ts'
import { type Watcher, watchRun } from './watch-run.ts'

const mostWaiting = 1 << 20 // characters: a slow reader of stdout is waited for

const ends = ['drain', 'close', 'error'] as const

/** Events on stdout, one a line. */
export const stdoutWatcher: Required<Watcher> = {
  tell: event => printEvent(event),
  full: () => !process.stdout.destroyed && process.stdout.writableLength > mostWaiting,
  room: () =>
    new Promise(resolve => {
      const over = (): void => {
        for (const end of ends) process.stdout.off(end, over)
        resolve()
      }
      for (const end of ends) process.stdout.on(end, over)
    }),
}

function printEvent(event: Told): void {
  process.stdout.write(`${jsonText(eventJson(event, Date.now()))}\n`)
}

/** Prints what happens in a run on stdout until the program is `asked` to end, and ends the run. */
export async function printEvents(run: Run, _flags: unknown, asked: Promise<NodeJS.Signals>): Promise<void> {
  const watched = watchRun(run, stdoutWatcher)
  noteListening(run)
  const signal = await asked
  await watched.close({ because: 'signal' satisfies EndReason, signal })
}
