import { toggle } from '../handshake-message/tree.ts'
import { line, span } from '../line.ts'
import { openHost } from '../list/filter.ts'
import type { Folding, Screen } from '../screen.ts'
import { titleBar } from '../shell/title.ts'
import { cursorAt, findAtCursor, moveCursor, scrolledBody } from '../state/scrolled.ts'
import type { HostsScreen, World } from '../state/state.ts'
import { hostsHead, hostsLines } from './lines.ts'
import { hostRows } from './state.ts'

/** Hosts and the paths below them as a tree. */
export const hostsScreen: Screen<HostsScreen> = {
  title: (_screen, _state, world) => [titleBar(line(span(' Hosts', 'bold')), world), hostsHead(world)],
  body: (screen, _state, world) => scrolledBody(screen, hostsLines(screen, world), world, screen.cursor),
  move: (screen, by, _state, world) => moveCursor(screen, by, hostsLines(screen, world), world),
  find: (screen, text, direction, start, world) =>
    findAtCursor(screen, hostsLines(screen, world), text, direction, start, world),
  refold: refoldHost,
  open: openHost,
}

/** The line at the cursor unfolded or folded; folding a line that is not open goes to the one above it. */
function refoldHost(screen: HostsScreen, wanted: Folding, world: World): HostsScreen {
  const rows = hostRows(screen, world)
  const row = rows[screen.cursor]
  if (!row) return screen
  if (wanted === 'fold' && !row.open) {
    const parent = rows.findLastIndex((each, i) => i < screen.cursor && each.depth < row.depth)
    return parent < 0 ? screen : cursorAt(screen, parent, rows.length, world)
  }
  if (wanted === 'unfold' && (row.open || !row.node.deeper)) return screen
  return { ...screen, open: toggle(screen.open, row.path) }
}
