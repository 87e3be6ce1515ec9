import { kindOf } from '../screens.ts'
import { bodyRows } from '../shell/chrome.ts'
import { type AnyScreen, type State, type Step, screenOf, type World, withScreen } from './state.ts'

/** A movement by so many lines; how many, the height of the screen tells. A list that goes up follows no more. */
export const moves =
  (distance: (height: number) => number): Step =>
  (state, world) => {
    const screen = screenOf(state)
    const by = distance(bodyRows(screen, world))
    const next = withScreen(state, move(screen, by, state, world))
    return screen.kind === 'list' && by < 0 ? { ...next, follow: false } : next
  }

/** A page leaves one line of the last in sight. */
export const page = (height: number): number => Math.max(1, height - 1)
export const halfPage = (height: number): number => Math.max(1, height >> 1)

/** The screen after a movement of so many lines, rows or cells; infinite for an end. */
export const move = <S extends AnyScreen>(screen: S, by: number, state: State, world: World): S =>
  kindOf(screen).move(screen, by, state, world)
