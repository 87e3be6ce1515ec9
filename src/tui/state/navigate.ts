import type { Folding } from '../screen.ts'
import { kindOf, roomOf } from '../screens.ts'
import { bodyRows } from '../shell/chrome.ts'
import { pop, type State, type Step, screenOf, withScreen } from './state.ts'

/** A movement by so many lines; how many, the height of the screen tells. A list that goes up follows no more. */
export const moves =
  (distance: (height: number) => number): Step =>
  (state, world) => {
    const screen = screenOf(state)
    const by = distance(bodyRows(world, roomOf(screen, world)))
    const next = withScreen(state, kindOf(screen).move(screen, by, state, world))
    return state.screens.length === 1 && by < 0 ? { ...next, follow: false } : next
  }

/** A screenful leaves one line of the last in sight. */
export const screenful = (height: number): number => Math.max(1, height - 1)
export const halfScreen = (height: number): number => Math.max(1, height >> 1)

/** The state without its last screen, or without the waterfall; done where there is nothing to go back to. */
export const back = (state: State): State =>
  state.screens.length === 1
    ? state.waterfall
      ? { ...state, waterfall: false }
      : { ...state, done: true }
    : pop(state)

/** Back, but never out of the program. */
export const cancel: Step = state => (state.screens.length === 1 ? state : back(state))

/** What is selected: a flow, a connection, a message or frame, the list of a host. */
export const enter: Step = (state, world) => {
  const screen = screenOf(state)
  return kindOf(screen).enter?.(screen, state, world) ?? state
}

/** To the tab that is so many further, round the end. */
export const turnTab =
  (by: number): Step =>
  (state, world) => {
    const screen = screenOf(state)
    const { tabs } = kindOf(screen)
    if (!tabs) return state
    const count = tabs.names.length
    return withScreen(state, tabs.at(screen, (tabs.shown(screen) + by + count) % count, world))
  }

/** Folds or unfolds, on the screens that have something to fold. */
export const refold =
  (wanted: Folding): Step =>
  (state, world) => {
    const screen = screenOf(state)
    const next = kindOf(screen).refold?.(screen, wanted, world)
    return next ? withScreen(state, next) : state
  }
