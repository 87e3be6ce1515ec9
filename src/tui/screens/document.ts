import { printableProblem } from '../../view/printable-comparison.ts'
import { blank, type Line, line } from '../line.ts'
import type { ConnectionView } from '../ports.ts'
import type { ConnectionScreen, Screen, World } from '../state/state.ts'
import { treeRows } from '../state/tree.ts'
import { compareLines } from './compare-tab.ts'
import { diffLinesOf } from './diff.ts'
import { flowRows } from './flow.ts'
import { framesBody } from './frames-tab.ts'
import { type HandshakeLayout, layHandshake } from './handshake-tab.ts'
import { hostsLines } from './hosts.ts'
import { keysLines } from './keys-tab.ts'
import { logLines } from './log.ts'
import { openMessage } from './message.ts'
import { recordsLines } from './records-tab.ts'
import { timelineLines } from './timeline-tab.ts'

/** All the lines of a screen that scrolls, of which the body shows some. A message's are the rows of its tree. */
export function documentOf(screen: Exclude<Screen, { kind: 'list' }>, world: World): readonly Line[] {
  switch (screen.kind) {
    case 'flow':
      return flowRows(screen, world).map(row => row.line)
    case 'connection':
      return connectionLines(screen, world)
    case 'message': {
      const rows = treeRows(openMessage(screen, world)?.lines ?? [], screen.toggled)
      return rows.map(({ line: { name, shown } }) => line(`${name} ${shown}`))
    }
    case 'hosts':
      return hostsLines(screen, world)
    case 'diff':
      return diffLinesOf(screen, world)
    case 'help':
      return screen.lines
    case 'log':
      return logLines(world.source.events(), world.columns)
  }
}

function connectionLines(screen: ConnectionScreen, world: World): readonly Line[] {
  const view = world.source.connection(screen.id)
  if (!view) return [blank, line('  This connection is not in the capture.')]
  switch (screen.tab) {
    case 'handshake':
      return layHandshake(view.table, world.columns, screen).lines
    case 'compare':
      return compareLines(view.comparison, view.problems, world.columns, toleratedOf(view))
    case 'keys':
      return keysLines(view, screen.revealed, world.columns)
    case 'records':
      return recordsLines(view)
    case 'frames':
      return framesBody(screen, world)
    case 'timeline':
      return timelineLines(view, world.columns)
  }
}

const toleratedOf = ({ connection: { tolerated } }: ConnectionView) => tolerated && printableProblem(tolerated)

/** The handshakes of a connection laid out, for the cursor and for what is pinned. */
export function handshakeOf(screen: ConnectionScreen, world: World): HandshakeLayout | undefined {
  const view = world.source.connection(screen.id)
  return view && layHandshake(view.table, world.columns, screen)
}
