import type { Held } from '../../model/held.ts'
import { counted, formatDuration, formatSize } from '../../view/format.ts'
import { printableHead } from '../../view/head-text.ts'
import { pad } from '../../view/width.ts'
import type { OwnCommands } from '../command.ts'
import { urlOf } from '../held-message/draft.ts'
import { blank, type Line, line, span } from '../line.ts'
import type { Screen } from '../screen.ts'
import { bodyRows } from '../shell/chrome.ts'
import { titleBar } from '../shell/title.ts'
import { findAtCursor, moveCursor, scrolledBody } from '../state/scrolled.ts'
import type { State, World } from '../state/state.ts'
import { cursorOf, heldAt } from './commands.ts'
import { enterHeldMessage, type HeldScreen, heldOf } from './state.ts'

/** The messages that wait for a person, oldest first. */
export const heldScreen = {
  name: 'the held messages',
  commands: {} satisfies OwnCommands,
  title: (_screen, _state, world) => [titleBar(heldTitle(world), world), line(span(headText, 'dim'))],
  body: (screen, state, world) =>
    scrolledBody(screen, heldLines(state, world), bodyRows(world), {
      cursor: cursorOf(screen, world),
      columns: world.columns,
    }),
  move: (screen, by, state, world) =>
    moveCursor({ ...screen, cursor: cursorOf(screen, world) }, by, heldLines(state, world), bodyRows(world)),
  find: (screen, text, direction, start, world) =>
    findAtCursor(
      screen,
      heldOf(world).map(held => rowLine(held, false, Date.now())),
      text,
      direction,
      start,
      bodyRows(world),
    ),
  enter(screen, state, world) {
    const held = heldAt(screen, world)
    return held ? enterHeldMessage(state, held.id) : state
  },
} satisfies Screen<HeldScreen>

function heldTitle({ status }: World): Line {
  const { filter = '', messages = [] } = status.holds ?? {}
  const what =
    filter === '' ? span('  nothing more is held', 'dim') : span(`  what fits ${printableHead(filter)}`, 'accent')
  return line(span(' Held', 'bold'), `  ${counted(messages.length, 'message')}`, what)
}

const widths = { age: 7, side: 9, method: 7, size: 6 }

const headText = `   ${pad('age', widths.age, 'left')}  ${pad('side', widths.side)} ${pad('method', widths.method)} ${pad('size', widths.size, 'left')}  URL`

function heldLines({ drafts }: State, world: World): readonly Line[] {
  const messages = heldOf(world)
  const now = Date.now()
  if (messages.length > 0) return messages.map(held => rowLine(held, drafts?.has(held.id) === true, now))
  const filter = world.status.holds?.filter ?? ''
  const how = filter === '' ? ' asks what to hold.' : ' changes what is to be held.'
  return [blank, line('  Nothing is held. ', span('i', 'key'), how)]
}

const sides = { request: 'request', response: 'response' } as const

const sideOf = (held: Held): string =>
  held.what === 'stream-message' ? (held.direction === 'to-server' ? 'ws →' : 'ws ←') : sides[held.what]

function rowLine(held: Held, changed: boolean, now: number): Line {
  const { request, body } = held
  const status = held.what === 'response' ? `${held.response.status} ` : ''
  return line(
    span(changed ? ' * ' : '   ', 'warn'),
    span(pad(formatDuration(Math.max(0, now - held.at)), widths.age, 'left'), 'warn'),
    `  ${pad(sideOf(held), widths.side)} ${pad(printableHead(request.method), widths.method)} `,
    span(`${pad(body ? formatSize(body.length) : '', widths.size, 'left')}  `, 'dim'),
    `${status}${printableHead(urlOf(request))}`,
  )
}
