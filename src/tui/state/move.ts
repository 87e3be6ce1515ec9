import { bodyRows, panesOf } from '../screens/chrome.ts'
import { documentOf, handshakeOf } from '../screens/document.ts'
import type { Item } from '../screens/handshake-tab.ts'
import { openMessage } from '../screens/message.ts'
import { moveFrame } from './frames.ts'
import { listView, moveBy, moveToEnd } from './list.ts'
import { clampTop, reveal } from './scroll.ts'
import {
  type ConnectionScreen,
  type FlowScreen,
  type HostsScreen,
  type ListScreen,
  type MessageScreen,
  type Screen,
  type State,
  type Step,
  screenOf,
  type World,
  withScreen,
} from './state.ts'
import { treeRows } from './tree.ts'

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
export function move(screen: Screen, by: number, state: State, world: World): Screen {
  return screen.kind === 'list' ? moveList(screen, by, state, world) : moveInside(screen, by, world)
}

/** The same for a screen that is no list: it needs nothing but itself. */
export function moveInside(screen: Exclude<Screen, ListScreen>, by: number, world: World): Screen {
  if (screen.kind === 'message') return moveTree(screen, by, world)
  if (screen.kind === 'connection' && screen.tab === 'handshake') return moveCell(screen, by, world)
  if (screen.kind === 'connection' && screen.tab === 'frames') return moveFrame(screen, by, world)
  if (hasCursor(screen)) return moveCursor(screen, by, world)
  const lines = documentOf(screen, world).length
  const rows = bodyRows(screen, world)
  const top = clampTop(clampTop(screen.top, lines, rows) + by, lines, rows)
  return { ...screen, top }
}

/** Whether the screen has a line that is selected, for folding. */
export const hasCursor = (screen: Screen): screen is FlowScreen | HostsScreen =>
  screen.kind === 'hosts' || (screen.kind === 'flow' && (screen.tab === 'request' || screen.tab === 'response'))

function moveCursor(screen: FlowScreen | HostsScreen, by: number, world: World): Screen {
  const { length } = documentOf(screen, world)
  return cursorAt(screen, Math.max(0, Math.min(length - 1, screen.cursor + by)), length, world)
}

/** The cursor on a row of the document, and that row on the screen. */
export function cursorAt<S extends FlowScreen | HostsScreen>(
  screen: S,
  cursor: number,
  length: number,
  world: World,
): S {
  const rows = bodyRows(screen, world)
  return { ...screen, cursor, top: clampTop(reveal(screen.top, cursor, cursor + 1, rows), length, rows) }
}

function moveList(screen: ListScreen, by: number, state: State, world: World): ListScreen {
  const view = listView(state, world)
  return Number.isFinite(by) ? moveBy(screen, view, by) : moveToEnd(screen, view, by < 0 ? 'first' : 'last')
}

function moveTree(screen: MessageScreen, by: number, world: World): MessageScreen {
  const open = openMessage(screen, world)
  if (!open) return screen
  const rows = treeRows(open.lines, screen.toggled)
  const at = rows.findIndex(({ index }) => index === screen.cursor)
  return showRow(screen, Math.max(0, Math.min(rows.length - 1, at + by)), world)
}

/** The cursor on a row of the tree as it is folded now, and that row on the screen. */
export function showRow(screen: MessageScreen, row: number, world: World): MessageScreen {
  const open = openMessage(screen, world)
  const rows = open ? treeRows(open.lines, screen.toggled) : []
  const { treeRows: height } = panesOf(screen, world)
  const top = clampTop(reveal(screen.top, row, row + 1, height), rows.length, height)
  return { ...screen, cursor: rows[row]?.index ?? 0, top }
}

function moveCell(screen: ConnectionScreen, by: number, world: World): ConnectionScreen {
  const layout = handshakeOf(screen, world)
  if (!layout || layout.items.length === 0) return screen
  const legs = layout.pinned.length > 0 ? layout.items.filter(({ leg }) => leg === screen.leg) : layout.items
  const at = legs.findIndex(({ leg, cell }) => leg === screen.leg && cell === screen.cell)
  const next = legs[Math.max(0, Math.min(legs.length - 1, Math.max(0, at) + by))]
  return next ? showItem(screen, next, layout.lines.length, world) : screen
}

/** The cursor on a cell of the other leg: the one beside the present one, or the nearest. */
export function moveToLeg(
  screen: ConnectionScreen,
  wanted: ConnectionScreen['leg'] | 'other',
  world: World,
): ConnectionScreen {
  const leg = wanted === 'other' ? (screen.leg === 'client' ? 'upstream' : 'client') : wanted
  const layout = handshakeOf(screen, world)
  if (!layout || leg === screen.leg) return screen
  const here = layout.items.find(item => item.leg === screen.leg && item.cell === screen.cell)
  const distance = ({ order }: Item): number => Math.abs(order - (here?.order ?? 0))
  const there = layout.items.filter(item => item.leg === leg).toSorted((a, b) => distance(a) - distance(b))[0]
  return there ? showItem(screen, there, layout.lines.length, world) : screen
}

export function showItem(screen: ConnectionScreen, item: Item, lines: number, world: World): ConnectionScreen {
  const rows = bodyRows(screen, world)
  const start = item.cell === 0 ? Math.max(0, item.start - 1) : item.start // the first brings its heading along
  const top = clampTop(reveal(screen.top, start, item.end, rows), lines, rows)
  return { ...screen, leg: item.leg, cell: item.cell, top }
}
