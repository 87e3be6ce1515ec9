import { partHolds, partsOf } from '../flow/parts.ts'
import type { Direction } from '../screen.ts'
import {
  type AnyScreen,
  connectionTabs,
  type FlowScreen,
  flowTabs,
  type ListScreen,
  tabNames,
  type World,
} from './state.ts'
import { turnedTab, unfound } from './tabs.ts'

export type Searched = Exclude<AnyScreen, ListScreen>

/** Where a search looks: a screen, from its own place on or from the end that the search comes from. */
export interface Place {
  readonly screen: Searched
  readonly start: 'here' | 'edge'
  /** What to say when the text is found there. */
  readonly notice?: string
}

const mostParts = 64 // megabytes of one body, thousands of messages

/**
 * On from here; then the other parts of a large body that hold the text, and the other tabs; then round the end, up to
 * here.
 */
export function* placesFrom(screen: Searched, text: string, direction: Direction, world: World): Iterable<Place> {
  const place = (other: Searched, wrapped: boolean): Place => ({
    screen: other,
    start: 'edge',
    notice: said(screen, other, wrapped),
  })
  yield { screen, start: 'here' }
  const parts = [...partsHolding(screen, text, direction, world)]
  const beyond = (part: FlowScreen): boolean => screen.kind === 'flow' && (part.part - screen.part) * direction > 0
  for (const part of parts.filter(beyond)) yield place(part, false)
  const tabs = screen.kind === 'flow' ? flowTabs : screen.kind === 'connection' ? connectionTabs : []
  const at = 'tab' in screen ? (tabs as readonly string[]).indexOf(screen.tab) : 0
  for (let step = 1; step < tabs.length; step++) {
    const other = turnedTab(screen, step * direction, world)!
    const wrapped = at + step * direction < 0 || at + step * direction >= tabs.length
    const others = [...partsHolding(other, text, direction, world)]
    for (const each of direction > 0 ? [other, ...others] : [...others, other]) yield place(each, wrapped)
  }
  for (const part of parts.filter(each => !beyond(each))) yield place(part, true)
  yield place(screen, true)
}

function said(from: Searched, to: Searched, wrapped: boolean): string {
  const tab = 'tab' in to && 'tab' in from && to.tab !== from.tab ? tabNames[to.tab] : ''
  const part = to.kind === 'flow' && from.kind === 'flow' && to.part !== (tab ? 0 : from.part) && `part ${to.part + 1}`
  const where = [tab, part].filter(Boolean).join(', ')
  if (!wrapped) return `Found in ${where}.`
  return where === '' ? 'Search wrapped.' : `Search wrapped, found in ${where}.`
}

/** The other parts of what is shown that hold the text, in the direction; of a part that was never looked at, its bytes. */
function* partsHolding(screen: Searched, text: string, direction: Direction, world: World): Iterable<FlowScreen> {
  if (screen.kind !== 'flow' || (screen.tab !== 'request' && screen.tab !== 'response')) return
  const { id, tab } = screen
  const count = Math.min(mostParts, partsOf(world.source, id, tab))
  const wanted = text.toLowerCase()
  for (let step = 0; step < count; step++) {
    const part = direction > 0 ? step : count - 1 - step
    if (part === screen.part) continue
    if (part === 0 || partHolds(world.source, id, tab, part, wanted))
      yield { ...unfound(screen), part, cursor: 0, top: 0 }
  }
}
