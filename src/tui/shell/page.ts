import { blank, compact, cut, type Line } from '../line.ts'
import { kindOf, roomOf } from '../screens.ts'
import { type State, screenOf, type World } from '../state/state.ts'
import { bodyRows, pageRows } from './chrome.ts'
import { hintLine, infoLines } from './footer.ts'

/** The whole screen as lines: always as many as the page has, none wider than the terminal. Only what is seen is asked for. */
export function pageOf(state: State, world: World): readonly Line[] {
  const screen = screenOf(state)
  const kind = kindOf(screen)
  const room = roomOf(screen, world)
  const pinned = kind.pinned?.(screen, world) ?? []
  const body = fixed([...pinned, ...kind.body(screen, state, world)], bodyRows(world, room) + pinned.length)
  const above = [...kind.title(screen, state, world), ...body]
  const info = fixed(infoLines(state, world), room.info)
  const rows = pageRows(world)
  const below = [...info, hintLine(state, world)]
  return [...fixed(above, rows - below.length), ...below].map(each => compact(cut(each, world.columns)))
}

const fixed = (lines: readonly Line[], rows: number): readonly Line[] =>
  Array.from({ length: Math.max(0, rows) }, (_, i) => lines[i] ?? blank)
