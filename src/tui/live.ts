import type { Changes } from '../model/changes.ts'
import { heldOf } from './held/state.ts'
import type { Session } from './session.ts'

export interface LiveOptions {
  /** How to learn of changes; the answer ends it. */
  readonly subscribe: (changed: (changes: Changes) => void) => () => void
  /** Told once for many changes. */
  readonly refresh: () => void
  /** ms between two refreshes at the least. */
  readonly pause?: number
  /** True while a refresh would be in the way of something better: keys, whose pages show what is new as well. */
  readonly busy?: () => boolean
}

const calm = 100 // ms: keys are answered at once; what comes in by itself need not be seen 30 times a second
const share = 4 // a refresh that takes long may take no more than this part of the time

/** Puts the changes of a while together, so that the screen is drawn at a calm pace however fast they come. */
export function followChanges({ subscribe, refresh, pause = calm, busy = () => false }: LiveOptions): () => void {
  let timer: NodeJS.Timeout | undefined
  let rest = 0
  const tell = (): void => {
    if (busy()) {
      timer = setTimeout(tell, pause)
      return
    }
    timer = undefined
    const started = performance.now()
    refresh()
    rest = (performance.now() - started) * share
  }
  const stop = subscribe(() => {
    timer ??= setTimeout(tell, Math.max(pause, rest))
  })
  return () => {
    stop()
    clearTimeout(timer)
  }
}

const typing = 150 // ms after a key

/** The screen follows what is recorded, but keys come first: the page that answers one shows what is new as well. */
export const follow = (
  subscribe: LiveOptions['subscribe'],
  session: Session,
  source: { changed(changes: Changes): void },
): (() => void) =>
  followChanges({
    subscribe: listener =>
      subscribe(changes => {
        source.changed(changes)
        listener(changes)
      }),
    busy: () => performance.now() - session.pressedAt < typing,
    refresh: () => session.refresh(),
  })

const tick = 1000 // ms: the ages of what is held

/** The screen follows what is held, and its age; the first that is held is told wherever one is. */
export function followHolds(
  subscribe: (changed: (said: string | undefined) => void) => () => void,
  session: Session,
): () => void {
  let before = heldOf(session.world).length
  const stop = subscribe(said => {
    const { length } = heldOf(session.world)
    const isFirst = before === 0 && length > 0
    before = length
    session.refresh()
    const told = said ?? (isFirst ? 'A message is held: I shows it.' : undefined)
    if (told !== undefined) session.notice(told)
  })
  const timer = setInterval(() => {
    if (heldOf(session.world).length > 0) session.refresh()
  }, tick)
  return () => {
    stop()
    clearInterval(timer)
  }
}
