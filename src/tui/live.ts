import type { Changes } from './ports.ts'

export interface LiveOptions {
  /** How to learn of changes; the answer ends it. */
  readonly subscribe: (changed: (changes: Changes) => void) => () => void
  /** Told once for many changes: which ones, put together. */
  readonly refresh: (changes: Changes) => void
  /** ms between two refreshes at the least. */
  readonly pause?: number
  /** True while a person presses keys: each is answered with a frame of its own, which shows what is new as well. */
  readonly busy?: () => boolean
}

const calm = 100 // ms: keys are answered at once; what comes in by itself need not be seen 30 times a second
const mostPostponed = 5
const share = 4 // a refresh that takes long may take no more than this part of the time

/** Puts the changes of a while together, so that the screen is drawn at a calm pace however fast they come. */
export function followChanges({ subscribe, refresh, pause = calm, busy = () => false }: LiveOptions): () => void {
  let flows = new Set<number>()
  let connections = new Set<number>()
  let timer: NodeJS.Timeout | undefined
  let rest = 0
  let postponed = 0
  const tell = (): void => {
    if (busy() && postponed++ < mostPostponed) {
      timer = setTimeout(tell, pause)
      return
    }
    postponed = 0
    const changes = { flows: [...flows], connections: [...connections] }
    flows = new Set()
    connections = new Set()
    timer = undefined
    const started = performance.now()
    refresh(changes)
    rest = (performance.now() - started) * share
  }
  const stop = subscribe(changes => {
    for (const id of changes.flows) flows.add(id)
    for (const id of changes.connections) connections.add(id)
    timer ??= setTimeout(tell, Math.max(pause, rest))
  })
  return () => {
    stop()
    clearTimeout(timer)
  }
}
