import { fill, type Line, over, plain } from '../line.ts'
import type { Direction, Screen, Start } from '../screen.ts'
import { bodyRows } from '../shell/chrome.ts'
import type { AnyScreen, State, World } from './state.ts'

/** A screen of lines: the first one shown, and the one that the search found. */
export interface Scrolled extends AnyScreen {
  readonly top: number
  readonly found?: number
}

/** With a cursor on a row of the document. */
export interface WithCursor extends Scrolled {
  readonly cursor: number
}

/** A kind of screen that is nothing but lines. */
export const textScreen = <S extends Scrolled>(
  name: string,
  title: (screen: S, world: World) => readonly [Line, Line],
  linesOf: (screen: S, world: World) => readonly Line[],
): Screen<S> => ({
  name,
  title: (screen: S, _state: State, world: World) => title(screen, world),
  body: (screen, _state, world) => scrolledBody(screen, linesOf(screen, world), bodyRows(world)),
  move: (screen, by, _state, world) => scrollBy(screen, by, linesOf(screen, world), bodyRows(world)),
  find: (screen, text, direction, start, world) =>
    findLine(screen, linesOf(screen, world), text, direction, start, bodyRows(world)),
})

/** The first line to show so that lines [start, end) are seen, with as little movement as can be. */
export function reveal(top: number, start: number, end: number, height: number): number {
  if (start < top) return start
  if (end > top + height) return Math.min(start, end - height)
  return top
}

/** A first line that leaves no room empty below while there is something above. */
export const clampTop = (top: number, lines: number, height: number): number =>
  Math.max(0, Math.min(top, lines - height))

/** What a search found is not marked any more. */
export const unfound = <S extends { readonly found?: number }>({ found: _, ...rest }: S): Omit<S, 'found'> => rest

/** The screen with so many lines passed over. */
export const scrollBy = <S extends Scrolled>(screen: S, by: number, { length }: readonly Line[], rows: number): S => ({
  ...screen,
  top: clampTop(clampTop(screen.top, length, rows) + by, length, rows),
})

/** The lines that are seen, the one at the cursor or the one that the search found lit up. */
export function scrolledBody(
  screen: Scrolled,
  lines: readonly Line[],
  rows: number,
  selected?: { readonly cursor: number; readonly columns: number },
): readonly Line[] {
  const top = clampTop(screen.top, lines.length, rows)
  return lines.slice(top, top + rows).map((each, i) => {
    if (top + i === selected?.cursor) return over(fill(each, selected.columns), 'selected')
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
  rows: number,
): S | undefined {
  const hit = hitAmong(screen, lines, text, direction, start)
  if (hit === undefined) return undefined
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
export const moveCursor = <S extends WithCursor>(screen: S, by: number, { length }: readonly Line[], rows: number): S =>
  cursorAt(screen, Math.max(0, Math.min(length - 1, screen.cursor + by)), length, rows)

/** The cursor on a row of the document, and that row on the screen. */
export const cursorAt = <S extends WithCursor>(screen: S, cursor: number, length: number, rows: number): S => ({
  ...screen,
  cursor,
  top: clampTop(reveal(screen.top, cursor, cursor + 1, rows), length, rows),
})

/** The cursor on the next line with the text. */
export function findAtCursor<S extends WithCursor>(
  screen: S,
  lines: readonly Line[],
  text: string,
  direction: Direction,
  start: Start,
  rows: number,
): S | undefined {
  const hit = nextMatch(lines.map(plain), text, start === 'here' ? screen.cursor : undefined, direction)
  return hit === undefined ? undefined : { ...cursorAt(screen, hit, lines.length, rows), found: hit }
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
