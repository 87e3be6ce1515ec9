import type { Changes } from '../../model/changes.ts'
import type { Capture } from '../../store/capture.ts'
import type { EndReason, Told } from '../../view/json/event-json.ts'
import { openNamed } from '../open-capture.ts'
import type { Run } from '../run.ts'
import { RunEvents } from './run-events.ts'

const lastCommit = 100 // ms: what has ended by then is in the capture

/** Who is told what happens in a run. While it is `full`, what happens waits; `capture` is as of the event. */
export interface Watcher {
  tell(event: Told, capture: Capture | undefined): void
  full?(): boolean
  /** Resolves when there is room again. */
  room?(): Promise<void>
}

export interface Watched {
  /** Call it when the run is to end: ends the run, and tells the rest. */
  close(why: { readonly because: EndReason; readonly signal?: string }): Promise<void>
}

const atOnce = 500 // ids: between so many there may be no room any more

/** Tells what happens in a run. What changes while the watcher is full is told as it is later: it holds ids alone. */
export function watchRun(run: Run, watcher: Watcher): Watched {
  let capture: Capture | undefined = openNamed(run.capturePath)
  const waiting = new WaitingChanges()
  const events = new RunEvents(event => watcher.tell(event, capture))
  let working: Promise<void> | undefined
  async function tellWaiting(): Promise<void> {
    while (capture && waiting.size > 0) {
      if (watcher.full?.()) await watcher.room?.()
      if (capture) events.hear(capture, waiting.take(atOnce))
    }
  }
  const stops = [
    run.onChange(changes => {
      waiting.add(changes)
      working ??= tellWaiting().finally(() => {
        working = undefined
      })
    }),
    run.onTrouble(({ message, stopped }) => watcher.tell({ event: 'trouble', message, stopped }, capture)),
  ]
  const { host, port, capturePath } = run
  watcher.tell({ event: 'listening', host, port, capture: capturePath }, capture)
  return {
    async close(why) {
      await new Promise(resolve => setTimeout(resolve, lastCommit))
      for (const stop of stops) stop()
      await working
      capture?.close() // before the writer, so that it can fold the log into one file
      capture = undefined
      await run.close()
      capture = openNamed(capturePath)
      try {
        await tellWaiting()
        events.finish(capture)
        const { flows, failed } = capture.info()
        watcher.tell({ event: 'ended', ...why, capture: capturePath, flows, failed }, capture)
      } finally {
        capture.close()
      }
    },
  }
}

/** Ids that are still to be told. */
class WaitingChanges {
  readonly #flows = new Set<number>()
  readonly #connections = new Set<number>()

  get size(): number {
    return this.#flows.size + this.#connections.size
  }

  add({ flows, connections }: Changes): void {
    for (const id of flows) this.#flows.add(id)
    for (const id of connections) this.#connections.add(id)
  }

  /** The oldest, no more than so many of each. */
  take(most: number): Changes {
    return { flows: taken(this.#flows, most), connections: taken(this.#connections, most) }
  }
}

function taken(ids: Set<number>, most: number): readonly number[] {
  const first: number[] = []
  for (const id of ids) {
    if (first.length === most) break
    first.push(id)
  }
  for (const id of first) ids.delete(id)
  return first
}
