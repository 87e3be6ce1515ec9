import type { Direction, Start } from '../screen.ts'
import { kindOf } from '../screens.ts'
import { placesFrom } from './places.ts'
import { promptFor } from './prompt.ts'
import { type AnyScreen, type State, type Step, say, screenOf, type World, withScreen } from './state.ts'

export interface Found {
  readonly screen: AnyScreen
  /** That it went round the end, or on to somewhere else. */
  readonly notice?: string
}

/** Asks for a text, or looks for the one that was given. */
export const search: Step = (state, world, argument) =>
  argument === '' ? { ...state, prompt: promptFor('search') } : searched({ ...state, search: argument }, 1, world)

export const searchOn =
  (direction: Direction): Step =>
  (state, world) =>
    searched(state, direction, world)

/** At the next place of the text that is looked for; what happened is said. */
export function searched(state: State, direction: Direction, world: World): State {
  if (state.search === '') return say(state, 'Nothing to search for: / asks for a text.')
  const found = find(screenOf(state), state.search, direction, state, world)
  if (!found) return say(state, `“${state.search}” is not here.`, 'bad')
  const next = withScreen({ ...state, follow: false }, found.screen)
  return found.notice === undefined ? next : say(next, found.notice)
}

/**
 * The screen at the next place that holds the text, in the order of `placesFrom`. Undefined where it is nowhere. Case does
 * not matter.
 */
export function find(
  screen: AnyScreen,
  text: string,
  direction: Direction,
  state: State,
  world: World,
): Found | undefined {
  if (text === '') return undefined
  const kind = kindOf(screen)
  if (kind.search) return kind.search(screen, text, direction, state, world)
  for (const { screen: place, start, notice } of placesFrom(screen, text, direction, world)) {
    const hit = findOn(place, text, direction, start, world)
    if (hit) return { screen: hit, ...(notice !== undefined && { notice }) }
    const folded = findFolded(place, text, direction, world)
    if (folded) return { screen: folded, notice: notice ?? 'Found where it was folded away.' }
  }
  return undefined
}

/** What only a folded part holds: everything is unfolded then. */
function findFolded(screen: AnyScreen, text: string, direction: Direction, world: World): AnyScreen | undefined {
  const unfolded = kindOf(screen).unfolded?.(screen, world)
  if (!unfolded || findOn(screen, text, direction, 'edge', world)) return undefined
  return findOn(unfolded, text, direction, 'edge', world)
}

const findOn = (
  screen: AnyScreen,
  text: string,
  direction: Direction,
  start: Start,
  world: World,
): AnyScreen | undefined => kindOf(screen).find?.(screen, text, direction, start, world)
