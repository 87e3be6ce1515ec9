import { fill, type Line, over, plain } from '../line.ts'
import type { Direction } from '../screen.ts'
import { bodyRows } from '../shell/chrome.ts'
import { clampTop, reveal } from './scroll.ts'
import type { AnyScreen, FlowScreen, HostsScreen, ListScreen, World } from './state.ts'

type Scrolled = Exclude<AnyScreen, ListScreen>
type Start = 'here' | 'edge'

/** The screen with so many lines passed over. */
export function scrollBy<S extends Scrolled>(screen: S, by: number, { length }: readonly Line[], world: World): S {
  const rows = bodyRows(screen, world)
  return { ...screen, top: clampTop(clampTop(screen.top, length, rows) + by, length, rows) }
}

/** The lines that are seen, the one at the cursor or the one that the search found lit up. */
export function scrolledBody(screen: Scrolled, lines: readonly Line[], world: World, cursor?: number): readonly Line[] {
  const rows = bodyRows(screen, world)
  const top = clampTop(screen.top, lines.length, rows)
  return lines.slice(top, top + rows).map((each, i) => {
    if (top + i === cursor) return over(fill(each, world.columns), 'selected')
    return top + i === screen.found ? over(each, 'match') : each
  })
}

/** The next line with the text, and that line on the screen. */
export function findLine<S extends Scrolled>(
  screen: S,
  lines: readonly Line[],
  text: string,
  direction: Direction,
  start: Start,
  world: World,
): S | undefined {
  const hit = hitAmong(screen, lines, text, direction, start)
  if (hit === undefined) return undefined
  const rows = bodyRows(screen, world)
  const margin = Math.min(3, rows >> 1)
  const top = clampTop(reveal(screen.top, hit - margin, hit + 1 + margin, rows), lines.length, rows)
  return { ...screen, top, found: hit }
}

/** Which line has the text next, from the line found last or the first that is seen. */
export function hitAmong(
  screen: Scrolled,
  lines: readonly Line[],
  text: string,
  direction: Direction,
  start: Start,
): number | undefined {
  const here = screen.found ?? (direction > 0 ? screen.top - 1 : screen.top)
  return nextMatch(lines.map(plain), text, start === 'here' ? here : undefined, direction)
}

/** The cursor moved by so many lines, held at both ends. */
export const moveCursor = <S extends FlowScreen | HostsScreen>(
  screen: S,
  by: number,
  { length }: readonly Line[],
  world: World,
): S => cursorAt(screen, Math.max(0, Math.min(length - 1, screen.cursor + by)), length, world)

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

/** The cursor on the next line with the text. */
export function findAtCursor<S extends FlowScreen | HostsScreen>(
  screen: S,
  lines: readonly Line[],
  text: string,
  direction: Direction,
  start: Start,
  world: World,
): S | undefined {
  const hit = nextMatch(lines.map(plain), text, start === 'here' ? screen.cursor : undefined, direction)
  return hit === undefined ? undefined : { ...cursorAt(screen, hit, lines.length, world), found: hit }
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
