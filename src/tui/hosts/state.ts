import type { Filter } from '../../filter/ast.ts'
import { quoteWord } from '../../filter/tokenizer.ts'
import type { TreeNode } from '../ports.ts'
import type { WithCursor } from '../state/scrolled.ts'
import type { World } from '../state/state.ts'

/** Hosts and the paths below them as a tree. */
export interface HostsScreen extends WithCursor {
  readonly kind: 'hosts'
  /** What the URLs below an unfolded line begin with. */
  readonly open: ReadonlySet<string>
  /** Only flows that fit it. */
  readonly filter?: Filter | undefined
}

/** A line of the host tree. `path` is what its URLs begin with. */
export interface HostRow {
  readonly node: TreeNode
  readonly depth: number
  readonly path: string
  readonly open: boolean
}

/** The tree as far as it is unfolded, depth first. */
export function hostRows({ open, filter }: HostsScreen, { source }: World): readonly HostRow[] {
  const below = (nodes: readonly TreeNode[], before: string, depth: number): readonly HostRow[] =>
    nodes.flatMap(node => {
      const path = depth === 0 ? `${node.name}/` : before + node.name
      const isOpen = node.deeper && open.has(path)
      const row = { node, depth, path, open: isOpen }
      if (!isOpen) return [row]
      const origin = path.slice(0, path.indexOf('/', path.indexOf('://') + 3))
      return [row, ...below(source.paths(origin, path.slice(origin.length), filter), path, depth + 1)]
    })
  return below(source.hosts(filter), '', 0)
}

/** The host of the line at the cursor, without port and brackets. */
export function hostAt(screen: HostsScreen, world: World): string | undefined {
  const row = hostRows(screen, world)[screen.cursor]
  const match = row && /^[^:]*:\/\/(?:\[([^\]]*)\]|([^:/]*))/.exec(row.path)
  return match?.[1] ?? match?.[2]
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** The filter for everything below a line of the tree. */
export const filterBelow = ({ path, node }: HostRow): string =>
  `~u ${quoteWord(`^${escaped(path)}${node.deeper ? '' : '($|\\?)'}`)}`
