import type { Direction, Folding, Start } from '../screen.ts'
import { clampTop, nextMatch, reveal } from '../state/scrolled.ts'
import type { World } from '../state/state.ts'
import { shownMessage } from './lines.ts'
import { type MessageScreen, panesOf } from './state.ts'
import { isFolded, parentOf, toggle, treeRows, withParentsOpen } from './tree.ts'

/** The cursor moved by so many rows of the tree. */
export function moveTree(screen: MessageScreen, by: number, world: World): MessageScreen {
  const shown = shownMessage(screen, world)
  if (!shown) return screen
  const rows = treeRows(shown.lines, screen.toggled)
  const at = rows.findIndex(({ index }) => index === screen.cursor)
  return showRow(screen, Math.max(0, Math.min(rows.length - 1, at + by)), world)
}

/** The cursor on a row of the tree as it is folded now, and that row on the screen. */
function showRow(screen: MessageScreen, row: number, world: World): MessageScreen {
  const shown = shownMessage(screen, world)
  const rows = shown ? treeRows(shown.lines, screen.toggled) : []
  const { treeRows: height } = panesOf(screen, world)
  const top = clampTop(reveal(screen.top, row, row + 1, height), rows.length, height)
  return { ...screen, cursor: rows[row]?.index ?? 0, top }
}

/** The line at the cursor folded or unfolded; or the cursor on its parent or first child. */
export function refoldMessage(screen: MessageScreen, wanted: Folding, world: World): MessageScreen {
  const lines = shownMessage(screen, world)?.lines ?? []
  const state = treeRows(lines, screen.toggled).find(({ index }) => index === screen.cursor)?.folding
  const folded = isFolded(lines, screen.cursor, screen.toggled)
  if (state !== 'leaf' && (wanted === 'toggle' || folded === (wanted === 'unfold')))
    return showCursor({ ...screen, toggled: toggle(screen.toggled, screen.cursor) }, screen.cursor, world)
  if (wanted === 'unfold' && state === 'open') return showCursor(screen, screen.cursor + 1, world)
  const parent = lines.length > 0 ? parentOf(lines, screen.cursor) : undefined
  return wanted === 'fold' && parent !== undefined ? showCursor(screen, parent, world) : screen
}

function showCursor(screen: MessageScreen, index: number, world: World): MessageScreen {
  const rows = treeRows(shownMessage(screen, world)?.lines ?? [], screen.toggled)
  return showRow(
    screen,
    Math.max(
      0,
      rows.findIndex(row => row.index === index),
    ),
    world,
  )
}

/** Folded fields are searched too, and opened. */
export function findField(
  screen: MessageScreen,
  text: string,
  direction: Direction,
  start: Start,
  world: World,
): MessageScreen | undefined {
  const lines = shownMessage(screen, world)?.lines ?? []
  const texts = lines.map(({ name, shown }) => `${name} ${shown}`)
  const hit = nextMatch(texts, text, start === 'here' ? screen.cursor : undefined, direction)
  if (hit === undefined) return undefined
  const toggled = withParentsOpen(lines, hit, screen.toggled)
  const row = treeRows(lines, toggled).findIndex(({ index }) => index === hit)
  return showRow({ ...screen, toggled }, row, world)
}
