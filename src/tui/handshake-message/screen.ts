import { formatClock } from '../../view/format.ts'
import { type Line, line, span, spread } from '../line.ts'
import type { Screen } from '../screen.ts'
import { infoRows } from '../shell/chrome.ts'
import { titleBar } from '../shell/title.ts'
import { type MessageScreen, push, type State, type World } from '../state/state.ts'
import { findField, moveTree, refoldMessage } from './cursor.ts'
import { messageBody, messageInfo, messagesIn, openMessage } from './lines.ts'

/** A handshake message or frame: its fields as a tree beside its bytes. */
export const messageScreen: Screen<MessageScreen> = {
  title: (screen, _state, world) => titleLines(screen, world),
  body: (screen, _state, world) => messageBody(screen, world),
  info: (screen, _state, world) => messageInfo(screen, world, infoRows(screen)),
  move: (screen, by, _state, world) => moveTree(screen, by, world),
  find: findField,
  refold: refoldMessage,
}

/** With its cursor on the first line. */
export const openTree = (state: State, what: Pick<MessageScreen, 'connection' | 'log' | 'index'>): State =>
  push(state, { kind: 'message', ...what, cursor: 0, toggled: new Set(), explained: false, top: 0 })

function titleLines(screen: MessageScreen, world: World): readonly [Line, Line] {
  const open = openMessage(screen, world)
  const view = world.source.connection(screen.connection)
  if (!open || !view) return [titleBar(line(span(' message', 'bold')), world), []]
  const sides = { client: ['client', 'Parley'], upstream: ['Parley', 'server'], frames: ['client', 'server'] }[
    screen.log
  ]
  const [from, to] = open.direction === 'to-server' ? sides : sides.toReversed()
  const what = screen.log === 'frames' ? 'frame' : 'message'
  const count = messagesIn(screen, world.source)
  const head = line(span(` c${screen.connection}  `, 'bold'), span(open.title, 'bold'), span(`  ${from} → ${to}`))
  const right = line(span(`${formatClock(open.at)}  ${what} ${screen.index + 1} of ${count} `, 'dim'))
  return [titleBar(spread(head, right, world.columns), world), line(span(' fields', 'dim'))]
}
