import type { Folding } from '../screen.ts'
import { kindOf } from '../screens.ts'
import { type Step, screenOf, withScreen } from './state.ts'

/** Folds or unfolds, on the screens that have something to fold. */
export const refold =
  (wanted: Folding): Step =>
  (state, world) => {
    const screen = screenOf(state)
    const next = kindOf(screen).refold?.(screen, wanted, world)
    return next ? withScreen(state, next) : state
  }
