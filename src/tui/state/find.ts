import { plain } from '../line.ts'
import { bodyRows, leastForTwo } from '../screens/chrome.ts'
import { documentOf, handshakeOf } from '../screens/document.ts'
import { openMessage } from '../screens/message.ts'
import { searchFrames } from './frames.ts'
import { listView, searchList } from './list.ts'
import { cursorAt, hasCursor, showItem, showRow } from './move.ts'
import { clampTop, reveal } from './scroll.ts'
import type { Screen, State, World } from './state.ts'
import { treeRows, withParentsOpen } from './tree.ts'

/** The screen at the next place that holds the text, round the end; undefined where none does. Case does not matter. */
export function find(screen: Screen, text: string, direction: 1 | -1, state: State, world: World): Screen | undefined {
  if (text === '') return undefined
  if (screen.kind === 'list') {
    return searchList(screen, listView(state, world), text, direction)
  }
  if (screen.kind === 'connection' && screen.tab === 'frames') return searchFrames(screen, text, direction, world)
  if (screen.kind === 'message') return findField(screen, text, direction, world)
  const lines = documentOf(screen, world).map(plain)
  const rows = bodyRows(screen, world)
  const from = hasCursor(screen) ? screen.cursor : (screen.found ?? (direction > 0 ? screen.top - 1 : screen.top))
  const hit = nextMatch(lines, text, from, direction)
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
  direction: 1 | -1,
  world: World,
): Screen | undefined {
  const lines = openMessage(screen, world)?.lines ?? []
  const hit = nextMatch(
    lines.map(({ name, shown }) => `${name} ${shown}`),
    text,
    screen.cursor,
    direction,
  )
  if (hit === undefined) return undefined
  const toggled = withParentsOpen(lines, hit, screen.toggled)
  const row = treeRows(lines, toggled).findIndex(({ index }) => index === hit)
  return showRow({ ...screen, toggled }, row, world)
}

/** The next line after `from` that holds the text, going on at the other end; `from` itself comes last. */
export function nextMatch(lines: readonly string[], text: string, from: number, direction: 1 | -1): number | undefined {
  const wanted = text.toLowerCase()
  for (let step = 1; step <= lines.length; step++) {
    const index = (((from + step * direction) % lines.length) + lines.length) % lines.length
    if (lines[index]!.toLowerCase().includes(wanted)) return index
  }
  return undefined
}
