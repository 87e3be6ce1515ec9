import { formatSize } from '../../view/format.ts'
import { printableHead } from '../../view/head-text.ts'
import { pad } from '../../view/width.ts'
import { toggle } from '../handshake-message/tree.ts'
import { blank, type Line, line, span } from '../line.ts'
import { enterHost } from '../list/filter.ts'
import type { Folding, Screen } from '../screen.ts'
import { bodyRows } from '../shell/chrome.ts'
import { titleBar } from '../shell/title.ts'
import { cursorAt, findAtCursor, moveCursor, scrolledBody } from '../state/scrolled.ts'
import type { World } from '../state/state.ts'
import { type HostsScreen, hostAt, hostRows } from './state.ts'

/** Hosts and the paths below them as a tree. */
export const hostsScreen: Screen<HostsScreen> = {
  name: 'the tree of hosts',
  title: (_screen, _state, world) => [titleBar(line(span(' Hosts', 'bold')), world), hostsHead(world)],
  body: (screen, _state, world) =>
    scrolledBody(screen, hostsLines(screen, world), bodyRows(world), { ...screen, columns: world.columns }),
  move: (screen, by, _state, world) => moveCursor(screen, by, hostsLines(screen, world), bodyRows(world)),
  find: (screen, text, direction, start, world) =>
    findAtCursor(screen, hostsLines(screen, world), text, direction, start, bodyRows(world)),
  refold: refoldHost,
  enter: enterHost,
  host: (screen, _state, world) => hostAt(screen, world),
}

/** The line at the cursor unfolded or folded; folding a line that is not open goes to the one above it. */
function refoldHost(screen: HostsScreen, wanted: Folding, world: World): HostsScreen {
  const rows = hostRows(screen, world)
  const row = rows[screen.cursor]
  if (!row) return screen
  if (wanted === 'fold' && !row.open) {
    const parent = rows.findLastIndex((each, i) => i < screen.cursor && each.depth < row.depth)
    return parent < 0 ? screen : cursorAt(screen, parent, rows.length, bodyRows(world))
  }
  if (wanted === 'unfold' && (row.open || !row.node.deeper)) return screen
  return { ...screen, open: toggle(screen.open, row.path) }
}

const numbers = 27 // columns of the three counts

export const hostsHead = ({ columns }: World): Line =>
  line(
    span(
      `   ${pad('host and path', nameRoom(columns))}${pad('flows', 9, 'left')}${pad('failed', 9, 'left')}${pad('size', 8, 'left')}`,
      'dim',
    ),
  )

const nameRoom = (columns: number): number => Math.max(10, columns - numbers - 4)

/** Hosts with their counts, below an unfolded one the segments of its paths. */
export function hostsLines(screen: HostsScreen, world: World): readonly Line[] {
  const rows = hostRows(screen, world)
  if (rows.length === 0) return [blank, line(span('  No flows, no hosts.', 'dim'))]
  return rows.map(({ node, depth, open }) => {
    const sign = node.deeper ? (open ? '▾ ' : '▸ ') : '  '
    const name = `${'  '.repeat(depth)}${sign}${printableHead(node.name === '' ? '(the path itself)' : node.name)}`
    return line(
      span(` ${pad(name, nameRoom(world.columns) + 2)}`, depth === 0 ? 'accent' : undefined),
      pad(String(node.flows), 9, 'left'),
      span(pad(node.failed > 0 ? String(node.failed) : '', 9, 'left'), 'bad'),
      pad(formatSize(node.bytes), 8, 'left'),
    )
  })
}
