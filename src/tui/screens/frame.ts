import { blank, compact, cut, fill, type Line, over } from '../line.ts'
import { hasCursor } from '../state/move.ts'
import { clampTop } from '../state/scroll.ts'
import { type Screen, type State, screenOf, type World } from '../state/state.ts'
import { bodyRows, frameRows, infoRows } from './chrome.ts'
import { documentOf, handshakeOf } from './document.ts'
import { hintLine, infoLines } from './footer.ts'
import { framesHead } from './frames-tab.ts'
import { listBody } from './list.ts'
import { messageBody } from './message.ts'
import { titleLines } from './title.ts'

/** The whole screen as lines: always as many as the frame has, none wider than the terminal. Only what is seen is asked for. */
export function frameOf(state: State, world: World): readonly Line[] {
  const screen = screenOf(state)
  const pinned = pinnedLines(screen, world)
  const body = fixed([...pinned, ...bodyOf(screen, state, world)], bodyRows(screen, world) + pinned.length)
  const above = [...titleLines(screen, state, world), ...body]
  const info = fixed(infoLines(state, world), infoRows(screen))
  const rows = frameRows(world)
  const below = [...info, hintLine(state, world)]
  return [...fixed(above, rows - below.length), ...below].map(each => compact(cut(each, world.columns)))
}

function pinnedLines(screen: Screen, world: World): readonly Line[] {
  if (screen.kind !== 'connection') return []
  if (screen.tab === 'frames') return [framesHead(screen)]
  return screen.tab === 'handshake' ? (handshakeOf(screen, world)?.pinned ?? []) : []
}

const fixed = (lines: readonly Line[], rows: number): readonly Line[] =>
  Array.from({ length: Math.max(0, rows) }, (_, i) => lines[i] ?? blank)

function bodyOf(screen: Screen, state: State, world: World): readonly Line[] {
  if (screen.kind === 'list') return listBody(screen, state, world)
  if (screen.kind === 'message') return messageBody(screen, world)
  const lines = documentOf(screen, world)
  const rows = bodyRows(screen, world)
  const top = clampTop(screen.top, lines.length, rows)
  const cursor = hasCursor(screen) ? screen.cursor : undefined
  return lines.slice(top, top + rows).map((each, i) => {
    if (top + i === cursor) return over(fill(each, world.columns), 'selected')
    return top + i === screen.found ? over(each, 'match') : each
  })
}
