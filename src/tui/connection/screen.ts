import { hostAndPort } from '../../model/host-and-port.ts'
import { printable } from '../../view/printable.ts'
import { legsOf } from '../../view/text/flow-line.ts'
import { enterMessage } from '../handshake-message/state.ts'
import { markLegend } from '../help/screen.ts'
import { type Line, line, proseOf, span, spread, type Tone } from '../line.ts'
import type { Screen } from '../screen.ts'
import { leastForFacts } from '../shell/chrome.ts'
import { tabLine, tabsOf, titleBar } from '../shell/title.ts'
import { findLine, hitAmong, scrolledBody } from '../state/scrolled.ts'
import { type State, say, type World, withScreen } from '../state/state.ts'
import { handshakeOf, showHit } from './cells.ts'
import { connectionCommands } from './commands.ts'
import { searchFrames } from './frames.ts'
import { framesHead, framesInfo } from './frames-tab.ts'
import { factTone } from './handshake-tab.ts'
import { connectionAtTab, connectionLines, moveConnection } from './lines.ts'
import { type ConnectionScreen, connectionRoom, connectionRows, connectionTabs, summaryOf } from './state.ts'

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
  if (screen.tab === 'frames') return [framesHead(screen, world)]
  if (screen.tab !== 'handshake') return []
  return [...summaryOf(screen, world), ...(handshakeOf(screen, world)?.pinned ?? [])]
}

function infoLines(screen: ConnectionScreen, _state: State, world: World): readonly Line[] {
  if (screen.tab === 'handshake') return handshakeInfo(screen, world, connectionRoom(screen, world).info)
  return screen.tab === 'frames' ? framesInfo(screen, world) : []
}

/** Why the legs differ at the cursor; before it the message's facts, where there was no room for them below it. */
function handshakeInfo(screen: ConnectionScreen, world: World, rows: number): readonly Line[] {
  const item = handshakeOf(screen, world)?.items.find(({ leg, cell }) => leg === screen.leg && cell === screen.cell)
  if (!item) return []
  const { mark, why } = item.row
  const told = (text: string, most: number, tone?: Tone): readonly Line[] =>
    most < 1 ? [] : proseOf(text, world.columns - 2, most).map(each => line(span(` ${each}`, tone)))
  const reason = mark && mark !== '=' && why ? told(`${mark} ${why}`, 2, 'warn') : []
  const cell = item.row[item.leg]
  if (world.columns >= leastForFacts || !cell) return reason
  const left = rows - reason.length
  const head = told([cell.title, cell.detail].filter(Boolean).join('  '), 1, 'bold')
  const facts = cell.facts.flatMap(fact => told(fact, 2, factTone(fact)))
  const few = facts.length < left ? facts : told(cell.facts.join('  '), left - 1)
  return [...head, ...few, ...reason]
}

function connectionTitle(screen: ConnectionScreen, world: World): readonly [Line, Line] {
  const view = world.source.connection(screen.id)
  const tabRow = tabLine(tabs, screen)
  if (!view) return [titleBar(line(span(` c${screen.id}`, 'bold')), world), tabRow]
  const { connection, comparison, problems } = view
  const where = connection.target ? hostAndPort(connection.target) : (connection.serverName ?? '')
  const { agreed } = comparison.verdict
  const wide = world.columns >= leastForFacts
  const verdict = problems[0]
    ? span(`✗ ${problems[0].code} `, 'bad')
    : span(
        wide ? `agreed without the proxy: ${agreed} ` : '',
        agreed === 'yes' ? 'good' : agreed === 'no' ? 'bad' : 'warn',
      )
  const left = line(span(` c${connection.id}  `, 'bold'), span(`${printable(where)}  `, 'bold'), legsOf(connection))
  return [titleBar(spread(left, [verdict], world.columns), world), tabRow]
}

/** `52 cipher suites` opened to both lists, and these on the screen; or closed again. */
function withLists(screen: ConnectionScreen, world: World): ConnectionScreen {
  const start = connectionLines({ ...screen, listed: false }, world).length
  return screen.listed ? { ...screen, listed: false, top: 0 } : { ...screen, listed: true, top: start + 1 }
}

/** The message or frame at the cursor. */
function enterMessageOf(screen: ConnectionScreen, state: State, world: World): State {
  if (screen.tab === 'frames') {
    const there = world.source.frameCount(screen.id) > screen.frame
    return there ? enterMessage(state, { connection: screen.id, log: 'frames', index: screen.frame }) : state
  }
  if (screen.tab === 'compare') return withScreen(state, withLists(screen, world))
  if (screen.tab !== 'handshake') return state
  const item = handshakeOf(screen, world)?.items.find(({ leg, cell }) => leg === screen.leg && cell === screen.cell)
  const message = item?.row[item.leg]?.message
  if (!message) return say(state, 'There are no bytes to open here: only handshake messages have fields.')
  return enterMessage(state, { connection: screen.id, log: message.leg, index: message.index })
}
