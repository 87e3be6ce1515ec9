import { hostAndPort } from '../../model/host-and-port.ts'
import type { Problem } from '../../model/problem.ts'
import { printable } from '../../view/printable.ts'
import { legsOf } from '../../view/text/flow-line.ts'
import { enterMessage } from '../handshake-message/state.ts'
import { markLegend } from '../help/screen.ts'
import { type Line, line, prose, proseOf, span, spread } from '../line.ts'
import type { Screen } from '../screen.ts'
import { leastForTwo } from '../shell/chrome.ts'
import { tabLine, tabsOf, titleBar } from '../shell/title.ts'
import { findLine, hitAmong, scrolledBody } from '../state/scrolled.ts'
import { type State, say, type World } from '../state/state.ts'
import { handshakeOf, showHit } from './cells.ts'
import { connectionCommands } from './commands.ts'
import { searchFrames } from './frames.ts'
import { framesHead, framesInfo } from './frames-tab.ts'
import { connectionAtTab, connectionLines, moveConnection } from './lines.ts'
import { type ConnectionScreen, connectionRoom, connectionRows, connectionTabs } from './state.ts'

const tabs = tabsOf(connectionTabs, connectionAtTab)

/** Both legs of a connection, a tab for each way to look at them. */
export const connectionScreen = {
  name: 'a connection',
  legend: markLegend,
  commands: connectionCommands,
  tabs,
  room: connectionRoom,
  title: (screen, _state, world) => connectionTitle(screen, world),
  body: (screen, _state, world) => scrolledBody(screen, connectionLines(screen, world), connectionRows(screen, world)),
  pinned: pinnedLines,
  info: infoLines,
  move: (screen, by, _state, world) => moveConnection(screen, by, world),
  find(screen, text, direction, start, world) {
    if (screen.tab === 'frames') return searchFrames(screen, text, direction, start, world)
    const lines = connectionLines(screen, world)
    const hit = screen.tab === 'handshake' ? hitAmong(screen, lines, text, direction, start) : undefined
    const shown = hit === undefined ? undefined : showHit(screen, hit, world)
    return shown ?? findLine(screen, lines, text, direction, start, connectionRows(screen, world))
  },
  enter: enterMessageOf,
  connection: ({ id }) => id,
} satisfies Screen<ConnectionScreen>

function pinnedLines(screen: ConnectionScreen, world: World): readonly Line[] {
  if (screen.tab === 'frames') return [framesHead(screen)]
  return screen.tab === 'handshake' ? (handshakeOf(screen, world)?.pinned ?? []) : []
}

function infoLines(screen: ConnectionScreen, _state: State, world: World): readonly Line[] {
  if (screen.tab === 'handshake') return handshakeInfo(screen, world, connectionRoom(screen, world).info)
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
  const tabRow = tabLine(tabs, screen)
  if (!view) return [titleBar(line(span(` c${screen.id}`, 'bold')), world), tabRow]
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
  return [titleBar(spread(left, [verdict], world.columns), world), tabRow]
}

/** The message or frame at the cursor. */
function enterMessageOf(screen: ConnectionScreen, state: State, world: World): State {
  if (screen.tab === 'frames') {
    const there = world.source.frameCount(screen.id) > screen.frame
    return there ? enterMessage(state, { connection: screen.id, log: 'frames', index: screen.frame }) : state
  }
  if (screen.tab !== 'handshake') return state
  const item = handshakeOf(screen, world)?.items.find(({ leg, cell }) => leg === screen.leg && cell === screen.cell)
  const message = item?.row[item.leg]?.message
  if (!message) return say(state, 'There are no bytes to open here: only handshake messages have fields.')
  return enterMessage(state, { connection: screen.id, log: message.leg, index: message.index })
}
