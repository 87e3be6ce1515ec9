import { offeredLists } from '../../compare/offered-lists.ts'
import { printableProblem } from '../../view/printable-comparison.ts'
import { blank, type Line, line } from '../line.ts'
import type { ConnectionView } from '../ports.ts'
import { scrollBy, unfound } from '../state/scrolled.ts'
import type { World } from '../state/state.ts'
import { moveCell } from './cells.ts'
import { compareLines, listLines } from './compare-tab.ts'
import { moveFrame } from './frames.ts'
import { framesBody } from './frames-tab.ts'
import { layHandshake } from './handshake-tab.ts'
import { keysLines } from './keys-tab.ts'
import { recordsLines } from './records-tab.ts'
import { type ConnectionScreen, type ConnectionTab, connectionRows } from './state.ts'
import { timelineLines } from './timeline-tab.ts'

/** All the lines of the tab that is shown. */
export function connectionLines(screen: ConnectionScreen, world: World): readonly Line[] {
  const view = world.source.connection(screen.id)
  if (!view) return [blank, line('  This connection is not in the capture.')]
  switch (screen.tab) {
    case 'handshake':
      return layHandshake(view.table, world.columns, screen).lines
    case 'compare':
      return [
        ...compareLines(view.comparison, view.problems, world.columns, toleratedOf(view)),
        ...(screen.listed ? listLines(offeredLists(view.handshakes), world.columns) : []),
      ]
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

/** The connection after a movement on its tab. */
export function moveConnection(screen: ConnectionScreen, by: number, world: World): ConnectionScreen {
  if (screen.tab === 'handshake') return moveCell(screen, by, world)
  if (screen.tab === 'frames') return moveFrame(screen, by, world)
  return scrollBy(screen, by, connectionLines(screen, world), connectionRows(screen, world))
}

/** The connection at that tab. The handshake comes back with its cursor on the screen. */
export const connectionAtTab = (screen: ConnectionScreen, tab: ConnectionTab, world: World): ConnectionScreen =>
  moveConnection({ ...unfound(screen), tab, top: 0 }, 0, world)
