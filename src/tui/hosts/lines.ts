import { formatSize } from '../../view/format.ts'
import { printableHead } from '../../view/head-text.ts'
import { pad } from '../../view/width.ts'
import { blank, type Line, line, span } from '../line.ts'
import type { HostsScreen, World } from '../state/state.ts'
import { hostRows } from './state.ts'

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
