import type { Direction, Start } from '../screen.ts'
import { kindOf } from '../screens.ts'
import { placesFrom } from './places.ts'
import { promptFor } from './prompt.ts'
import {
  type AnyScreen,
  type Found,
  type Hunt,
  type State,
  type Step,
  say,
  screenOf,
  type World,
  withScreen,
} from './state.ts'

/** Asks for a text, or looks for the one that was given. */
export const search: Step = (state, world, argument) =>
  argument === '' ? { ...state, prompt: promptFor('search') } : searched({ ...state, search: argument }, 1, world)

export const searchOn =
  (direction: Direction): Step =>
  (state, world) =>
    searched(state, direction, world)

/** At the next place of the text that is looked for, or still on the way there; what happened is said. */
export function searched(state: State, direction: Direction, world: World): State {
  if (state.search === '') return say(state, 'Nothing to search for: / asks for a text.')
  const hunt = find(screenOf(state), state.search, direction, state, world)
  const looking = say({ ...state, hunt }, `Searching for “${state.search}”; any key ends it.`)
  return huntOn(looking, hunt)
}

const slice = 30 // ms: a key waits no longer than this and one step

/** Looks on for a while. It is the same state as long as nothing is found. */
export function huntOn(state: State, hunt: Hunt): State {
  const until = performance.now() + slice
  do {
    const { done, value } = hunt.next()
    if (done) return arrived(state, value)
  } while (performance.now() < until)
  return state
}

function arrived({ hunt: _, notice: __, ...state }: State, found: Found | undefined): State {
  if (!found) return say(state, `“${state.search}” is not here.`, 'bad')
  const next = withScreen({ ...state, follow: false }, found.screen)
  return found.notice === undefined ? next : say(next, found.notice)
}

/**
 * The screen at the next place that holds the text, in the order of `placesFrom`. Undefined where it is nowhere. Case does
 * not matter.
 */
export function* find(
  screen: AnyScreen,
  text: string,
  direction: Direction,
  state: State,
  world: World,
): Generator<undefined, Found | undefined> {
  if (text === '') return undefined
  const kind = kindOf(screen)
  if (kind.search) return kind.search(screen, text, direction, state, world)
  for (const place of placesFrom(screen, text, direction, world)) {
    yield
    if (!place) continue
    const { notice } = place
    const hit = findOn(place.screen, text, direction, place.start, world)
    if (hit) return { screen: hit, ...(notice !== undefined && { notice }) }
    yield
    const folded = findFolded(place.screen, text, direction, world)
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
