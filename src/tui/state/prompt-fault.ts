import { FilterError } from '../../filter/filter-error.ts'
import { readFilter } from '../list/filter.ts'
import { kindOf } from '../screens.ts'
import type { Prompt } from './prompt.ts'
import { type State, screenOf, type World } from './state.ts'

export const takesFilter = ({ kind }: Prompt): boolean => kind === 'filter' || kind === 'breakpoint'

/** Why what was typed cannot be taken as it is; undefined where it can. */
export function faultOf(prompt: Prompt, state: State, world: World): string | undefined {
  if (takesFilter(prompt)) {
    const read = readFilter(prompt.text)
    return read instanceof FilterError ? read.message : undefined
  }
  if (prompt.then === undefined) return undefined
  const screen = screenOf(state)
  return kindOf(screen).judge?.(screen, prompt.then, prompt.text, state, world)
}
