import { plain } from '../line.ts'
import { bodyRows, leastForTwo } from '../screens/chrome.ts'
import { documentOf, handshakeOf } from '../screens/document.ts'
import { openMessage } from '../screens/message.ts'
import { allUnfolded } from './folding.ts'
import { searchFrames } from './frames.ts'
import { listView, searchList } from './list.ts'
import { cursorAt, hasCursor, showItem, showRow } from './move.ts'
import { type Direction, type Place, placesFrom, type Searched } from './places.ts'
import { openPrompt } from './prompt.ts'
import { clampTop, reveal } from './scroll.ts'
import { type ListScreen, type Screen, type State, type Step, say, screenOf, type World, withScreen } from './state.ts'
import { treeRows, withParentsOpen } from './tree.ts'

export interface Found {
  readonly screen: Screen
  /** That it went round the end, or on to somewhere else. */
  readonly notice?: string
}

/** Asks for a text, or looks for the one that was given. */
export const search: Step = (state, world, argument) =>
  argument === '' ? { ...state, prompt: openPrompt('search') } : searched({ ...state, search: argument }, 1, world)

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
  screen: Screen,
  text: string,
  direction: Direction,
  state: State,
  world: World,
): Found | undefined {
  if (text === '') return undefined
  if (screen.kind === 'list') return findFlow(screen, text, direction, state, world)
  for (const place of placesFrom(screen, text, direction, world)) {
    const { notice } = place
    const hit = findOn(place.screen, text, direction, place.start, world)
    if (hit) return { screen: hit, ...(notice !== undefined && { notice }) }
    const folded = findFolded(place.screen, text, direction, world)
    if (folded) return { screen: folded, notice: notice ?? 'Found where it was folded away.' }
  }
  return undefined
}

function findFlow(
  screen: ListScreen,
  text: string,
  direction: Direction,
  state: State,
  world: World,
): Found | undefined {
  const found = searchList(screen, listView(state, world), text, direction)
  return found && { screen: found.list, ...(found.wrapped && { notice: 'Search wrapped.' }) }
}

/** What only a folded part of a flow holds: everything is unfolded then. */
function findFolded(screen: Searched, text: string, direction: Direction, world: World): Screen | undefined {
  if (screen.kind !== 'flow' || !hasCursor(screen)) return undefined
  if (findOn(screen, text, direction, 'edge', world)) return undefined
  return findOn(allUnfolded(screen, world), text, direction, 'edge', world)
}

/** Goes to the end of what is shown, and no further. */
function findOn(
  screen: Searched,
  text: string,
  direction: Direction,
  start: Place['start'],
  world: World,
): Screen | undefined {
  if (screen.kind === 'connection' && screen.tab === 'frames')
    return searchFrames(screen, text, direction, start, world)
  if (screen.kind === 'message') return findField(screen, text, direction, start, world)
  const lines = documentOf(screen, world).map(plain)
  const rows = bodyRows(screen, world)
  const here = hasCursor(screen) ? screen.cursor : (screen.found ?? (direction > 0 ? screen.top - 1 : screen.top))
  const hit = nextMatch(lines, text, start === 'here' ? here : undefined, direction)
  if (hit === undefined) return undefined
  if (screen.kind === 'connection' && screen.tab === 'handshake') {
    const items = handshakeOf(screen, world)?.items.filter(({ start, end }) => hit >= start && hit < end) ?? []
    const item = items.find(each => world.columns < leastForTwo || each.leg === screen.leg) ?? items[0]
    if (item) return { ...showItem(screen, item, lines.length, world), found: hit }
  }
  if (hasCursor(screen)) return { ...cursorAt(screen, hit, lines.length, world), found: hit }
  const margin = Math.min(3, rows >> 1)
  const top = clampTop(reveal(screen.top, hit - margin, hit + 1 + margin, rows), lines.length, rows)
  return { ...screen, top, found: hit }
}

/** Folded fields are searched too, and opened. */
function findField(
  screen: Screen & { kind: 'message' },
  text: string,
  direction: Direction,
  start: Place['start'],
  world: World,
): Screen | undefined {
  const lines = openMessage(screen, world)?.lines ?? []
  const texts = lines.map(({ name, shown }) => `${name} ${shown}`)
  const hit = nextMatch(texts, text, start === 'here' ? screen.cursor : undefined, direction)
  if (hit === undefined) return undefined
  const toggled = withParentsOpen(lines, hit, screen.toggled)
  const row = treeRows(lines, toggled).findIndex(({ index }) => index === hit)
  return showRow({ ...screen, toggled }, row, world)
}

/** The next line after `from`, or else the first from that end, that holds the text. */
export function nextMatch(
  lines: readonly string[],
  text: string,
  from: number | undefined,
  direction: Direction,
): number | undefined {
  const wanted = text.toLowerCase()
  const edge = direction > 0 ? -1 : lines.length
  for (let index = (from ?? edge) + direction; index >= 0 && index < lines.length; index += direction)
    if (lines[index]!.toLowerCase().includes(wanted)) return index
  return undefined
}
