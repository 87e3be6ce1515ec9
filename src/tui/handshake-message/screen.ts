import { formatClock } from '../../view/format.ts'
import { type Line, line, span, spread } from '../line.ts'
import type { Screen } from '../screen.ts'
import { titleBar } from '../shell/title.ts'
import type { World } from '../state/state.ts'
import { messageCommands } from './commands.ts'
import { findField, moveTree, refoldMessage } from './cursor.ts'
import { messageBody, messageInfo, messagesIn, shownMessage } from './lines.ts'
import { type MessageScreen, messageRoom } from './state.ts'

/** A handshake message or frame: its fields as a tree beside its bytes. */
export const messageScreen = {
  name: 'a handshake message or frame',
  commands: messageCommands,
  room: messageRoom,
  title: (screen, _state, world) => titleLines(screen, world),
  body: (screen, _state, world) => messageBody(screen, world),
  info: (screen, _state, world) => messageInfo(screen, world, messageRoom(screen).info),
  move: (screen, by, _state, world) => moveTree(screen, by, world),
  find: findField,
  refold: refoldMessage,
} satisfies Screen<MessageScreen>

function titleLines(screen: MessageScreen, world: World): readonly [Line, Line] {
  const shown = shownMessage(screen, world)
  const view = world.source.connection(screen.connection)
  if (!shown || !view) return [titleBar(line(span(' message', 'bold')), world), []]
  const sides = { client: ['client', 'Parley'], upstream: ['Parley', 'server'], frames: ['client', 'server'] }[
    screen.log
  ]
  const [from, to] = shown.direction === 'to-server' ? sides : sides.toReversed()
  const what = screen.log === 'frames' ? 'frame' : 'message'
  const count = messagesIn(screen, world.source)
  const head = line(span(` c${screen.connection}  `, 'bold'), span(shown.title, 'bold'), span(`  ${from} → ${to}`))
  const right = line(span(`${formatClock(shown.at)}  ${what} ${screen.index + 1} of ${count} `, 'dim'))
  return [titleBar(spread(head, right, world.columns), world), line(span(' fields', 'dim'))]
}
