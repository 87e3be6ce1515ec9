import { hostAndPort } from '../../model/host-and-port.ts'
import type { Problem } from '../../model/problem.ts'
import { printable } from '../../view/printable.ts'
import { printableProblem } from '../../view/printable-comparison.ts'
import { legsOf } from '../../view/text/flow-line.ts'
import { openTree } from '../handshake-message/screen.ts'
import { blank, type Line, line, prose, proseOf, span, spread } from '../line.ts'
import type { ConnectionView } from '../ports.ts'
import type { Screen } from '../screen.ts'
import { infoRows, leastForTwo } from '../shell/chrome.ts'
import { tabLine, titleBar } from '../shell/title.ts'
import { findLine, hitAmong, scrollBy, scrolledBody } from '../state/scrolled.ts'
import { type ConnectionScreen, connectionTabs, push, type State, say, type World } from '../state/state.ts'
import { handshakeOf, moveCell, showHit } from './cells.ts'
import { compareLines } from './compare-tab.ts'
import { moveFrame, searchFrames } from './frames.ts'
import { framesBody, framesHead, framesInfo } from './frames-tab.ts'
import { layHandshake } from './handshake-tab.ts'
import { keysLines } from './keys-tab.ts'
import { recordsLines } from './records-tab.ts'
import { timelineLines } from './timeline-tab.ts'

/** Both legs of a connection, a tab for each way to look at them. */
export const connectionScreen: Screen<ConnectionScreen> = {
  title: (screen, _state, world) => connectionTitle(screen, world),
  body: (screen, _state, world) => scrolledBody(screen, connectionLines(screen, world), world),
  pinned: pinnedLines,
  info: infoLines,
  move: (screen, by, _state, world) => moveConnection(screen, by, world),
  find(screen, text, direction, start, world) {
    if (screen.tab === 'frames') return searchFrames(screen, text, direction, start, world)
    const lines = connectionLines(screen, world)
    const hit = screen.tab === 'handshake' ? hitAmong(screen, lines, text, direction, start) : undefined
    const shown = hit === undefined ? undefined : showHit(screen, hit, world)
    return shown ?? findLine(screen, lines, text, direction, start, world)
  },
  open: openMessageOf,
}

/** On its handshakes unless told. */
export const openConnection = (state: State, id: number, at: Partial<ConnectionScreen> = {}): State =>
  push(state, {
    ...{ kind: 'connection', id, tab: 'handshake', leg: 'client', cell: 0, revealed: false, top: 0 },
    ...{ frame: 0, frameRow: 0 },
    ...at,
  })

/** The connection after a movement on its tab. */
export function moveConnection(screen: ConnectionScreen, by: number, world: World): ConnectionScreen {
  if (screen.tab === 'handshake') return moveCell(screen, by, world)
  if (screen.tab === 'frames') return moveFrame(screen, by, world)
  return scrollBy(screen, by, connectionLines(screen, world), world)
}

function pinnedLines(screen: ConnectionScreen, world: World): readonly Line[] {
  if (screen.tab === 'frames') return [framesHead(screen)]
  return screen.tab === 'handshake' ? (handshakeOf(screen, world)?.pinned ?? []) : []
}

function infoLines(screen: ConnectionScreen, _state: State, world: World): readonly Line[] {
  if (screen.tab === 'handshake') return handshakeInfo(screen, world, infoRows(screen))
  return screen.tab === 'frames' ? framesInfo(screen, world) : []
}

/** Why the legs differ at the cursor; else what went wrong with the connection. */
function handshakeInfo(screen: ConnectionScreen, world: World, rows: number): readonly Line[] {
  const item = handshakeOf(screen, world)?.items.find(({ leg, cell }) => leg === screen.leg && cell === screen.cell)
  const { mark, why } = item?.row ?? {}
  if (mark && mark !== '=' && why)
    return proseOf(`${mark} ${why}`, world.columns - 2, rows).map(text => line(span(` ${text}`, 'warn')))
  const problem = world.source.connection(screen.id)?.problems[0]
  if (!problem) return []
  return problemInfo(problem, world.columns - 2, rows).map(text => line(span(` ${text}`, 'bad')))
}

/** The message makes room for what to do about it, on a row of its own. */
function problemInfo({ message, remedy }: Problem, columns: number, rows: number): readonly string[] {
  const both = prose(`✗ ${message}${remedy === undefined ? '' : ` → ${remedy}`}`, columns)
  if (both.length <= rows || remedy === undefined) return proseOf(both.join(' '), columns, rows)
  return [...proseOf(`✗ ${message.trim()}`, columns, rows - 1), ...proseOf(`→ ${remedy}`, columns, 1)]
}

function connectionTitle(screen: ConnectionScreen, world: World): readonly [Line, Line] {
  const view = world.source.connection(screen.id)
  const tabs = tabLine(connectionTabs, screen.tab)
  if (!view) return [titleBar(line(span(` c${screen.id}`, 'bold')), world), tabs]
  const { connection, comparison, problems } = view
  const where = connection.target ? hostAndPort(connection.target) : (connection.serverName ?? '')
  const { agreed } = comparison.verdict
  const wide = world.columns >= leastForTwo
  const verdict = problems[0]
    ? span(`✗ ${problems[0].code} `, 'bad')
    : span(
        wide ? `agreed without the proxy: ${agreed} ` : '',
        agreed === 'yes' ? 'good' : agreed === 'no' ? 'bad' : 'warn',
      )
  const left = line(span(` c${connection.id}  `, 'bold'), span(`${printable(where)}  `, 'bold'), legsOf(connection))
  return [titleBar(spread(left, [verdict], world.columns), world), tabs]
}

/** All the lines of the open tab. */
export function connectionLines(screen: ConnectionScreen, world: World): readonly Line[] {
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

function openMessageOf(screen: ConnectionScreen, state: State, world: World): State {
  if (screen.tab === 'frames') {
    const there = world.source.frameCount(screen.id) > screen.frame
    return there ? openTree(state, { connection: screen.id, log: 'frames', index: screen.frame }) : state
  }
  if (screen.tab !== 'handshake') return state
  const item = handshakeOf(screen, world)?.items.find(({ leg, cell }) => leg === screen.leg && cell === screen.cell)
  const message = item?.row[item.leg]?.message
  if (!message) return say(state, 'There are no bytes to open here: only handshake messages have fields.')
  return openTree(state, { connection: screen.id, log: message.leg, index: message.index })
}
