import { leastForTwo } from '../shell/chrome.ts'
import { clampTop, reveal } from '../state/scrolled.ts'
import type { World } from '../state/state.ts'
import { type HandshakeLayout, type Item, layHandshake } from './handshake-tab.ts'
import { type ConnectionScreen, connectionRows } from './state.ts'

/** The handshakes of a connection laid out, for the cursor and for what is pinned. */
export function handshakeOf(screen: ConnectionScreen, world: World): HandshakeLayout | undefined {
  const view = world.source.connection(screen.id)
  return view && layHandshake(view.table, world.columns, screen)
}

/** The cursor moved by so many cells: of its leg in two columns, of both in one. */
export function moveCell(screen: ConnectionScreen, by: number, world: World): ConnectionScreen {
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

/** The cursor on a cell, and that cell on the screen. */
export function showItem(screen: ConnectionScreen, item: Item, lines: number, world: World): ConnectionScreen {
  const rows = connectionRows(screen, world)
  const start = item.cell === 0 ? Math.max(0, item.start - 1) : item.start // the first brings its heading along
  const top = clampTop(reveal(screen.top, start, item.end, rows), lines, rows)
  return { ...screen, leg: item.leg, cell: item.cell, top }
}

/** The cursor on the cell that holds the line of the search's hit, on its own leg where it can. */
export function showHit(screen: ConnectionScreen, hit: number, world: World): ConnectionScreen | undefined {
  const layout = handshakeOf(screen, world)
  const items = layout?.items.filter(({ start, end }) => hit >= start && hit < end) ?? []
  const item = items.find(each => world.columns < leastForTwo || each.leg === screen.leg) ?? items[0]
  return layout && item && { ...showItem(screen, item, layout.lines.length, world), found: hit }
}
