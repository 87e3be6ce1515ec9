import { actedOf } from '../../model/acted.ts'
import { actedSigns } from '../../view/acts.ts'
import { printableHead } from '../../view/head-text.ts'
import { printable } from '../../view/printable.ts'
import { type Line, line, span, spread } from '../line.ts'
import { rowWith } from '../list/state.ts'
import type { Screen } from '../screen.ts'
import { bodyRows } from '../shell/chrome.ts'
import { tabLine, tabsOf, titleBar } from '../shell/title.ts'
import { findAtCursor, findLine, moveCursor, scrollBy, scrolledBody } from '../state/scrolled.ts'
import type { World } from '../state/state.ts'
import { viewsOf } from './body.ts'
import { flowCommands } from './commands.ts'
import { allUnfolded, toggleFold } from './folds.ts'
import { flowRows } from './lines.ts'
import { partCount, partHolding, sideShown } from './parts.ts'
import { type FlowScreen, flowAtTab, flowTabs } from './state.ts'

const tabs = tabsOf(flowTabs, flowAtTab)

/** A request and its response. The tabs that show a body have a cursor, for its folds. */
export const flowScreen = {
  name: 'a flow',
  commands: flowCommands,
  tabs,
  parts: { shown: ({ part }) => part, count: partCount, holding: partHolding },
  title: (screen, _state, world) => flowTitle(screen, world),
  body(screen, _state, world) {
    const cursor = sideShown(screen) && { cursor: screen.cursor, columns: world.columns }
    return scrolledBody(screen, linesOf(screen, world), bodyRows(world), cursor)
  },
  move: (screen, by, _state, world) =>
    (sideShown(screen) ? moveCursor : scrollBy)(screen, by, linesOf(screen, world), bodyRows(world)),
  find: (screen, text, direction, start, world) =>
    (sideShown(screen) ? findAtCursor : findLine)(
      screen,
      linesOf(screen, world),
      text,
      direction,
      start,
      bodyRows(world),
    ),
  unfolded: (screen, world) => (sideShown(screen) ? allUnfolded(screen, world) : undefined),
  refold: (screen, wanted, world) => (wanted === 'toggle' ? toggleFold(screen, world) : screen),
  row: ({ id }, _state, { source }) => rowWith(source, id),
  connection: ({ id }, _state, { source }) => source.exchange(id)?.connection,
  host: ({ id }, _state, { source }) => source.exchange(id)?.request.head.authority,
} satisfies Screen<FlowScreen>

const linesOf = (screen: FlowScreen, world: World): readonly Line[] => flowRows(screen, world).map(row => row.line)

function flowTitle(screen: FlowScreen, world: World): readonly [Line, Line] {
  const exchange = world.source.exchange(screen.id)
  const tabRow = spread(tabLine(tabs, screen), viewOf(screen, world), world.columns)
  if (!exchange) return [titleBar(line(span(` #${screen.id}`, 'bold')), world), tabRow]
  const { method, scheme, authority, path } = exchange.request.head
  const status = exchange.response?.head.status
  const failed = status === undefined || status >= 400 || exchange.aborted !== undefined
  const acted = actedOf(exchange)
  const head = line(
    span(` #${screen.id}  `, 'bold'),
    span(`${printable(method)} `, 'bold'),
    span(`${status ?? (exchange.aborted ? '' : '—')}${exchange.aborted ? '✗' : ''} `, failed ? 'bad' : 'good'),
    span(acted === undefined ? '' : `${actedSigns[acted]} `, 'key'),
    printableHead(`${scheme}://${authority}${path}`),
  )
  return [titleBar(head, world), tabRow]
}

function viewOf(screen: FlowScreen, world: World): Line {
  const best = viewsOf(screen, world)[0]
  return best === undefined ? [] : line(span('m ', 'key'), span(`${screen.view ?? best} `, 'dim'))
}
