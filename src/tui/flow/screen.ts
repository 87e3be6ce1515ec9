import { printableHead } from '../../view/head-text.ts'
import { printable } from '../../view/printable.ts'
import { type Line, line, span, spread } from '../line.ts'
import type { Screen } from '../screen.ts'
import { tabLine, titleBar } from '../shell/title.ts'
import { findAtCursor, findLine, moveCursor, scrollBy, scrolledBody } from '../state/scrolled.ts'
import { type FlowScreen, flowTabs, push, type State, type World } from '../state/state.ts'
import { kindsOf } from './body.ts'
import { allUnfolded, toggleFold } from './folds.ts'
import { flowRows } from './lines.ts'

/** A request and its response. The tabs that show a body have a cursor, for its folds. */
export const flowScreen: Screen<FlowScreen> = {
  title: (screen, _state, world) => flowTitle(screen, world),
  body: (screen, _state, world) =>
    scrolledBody(screen, linesOf(screen, world), world, showsBody(screen) ? screen.cursor : undefined),
  move: (screen, by, _state, world) =>
    (showsBody(screen) ? moveCursor : scrollBy)(screen, by, linesOf(screen, world), world),
  find: (screen, text, direction, start, world) =>
    (showsBody(screen) ? findAtCursor : findLine)(screen, linesOf(screen, world), text, direction, start, world),
  unfolded: (screen, world) => (showsBody(screen) ? allUnfolded(screen, world) : undefined),
  refold: (screen, wanted, world) => (wanted === 'toggle' ? toggleFold(screen, world) : screen),
}

/** On its response, or on the request as long as there is none. */
export const openFlow = (state: State, id: number, { source }: World): State => {
  const tab = source.exchange(id)?.response ? 'response' : 'request'
  return push(state, { kind: 'flow', id, tab, part: 0, cursor: 0, flipped: new Set(), top: 0 })
}

/** The ways to show the body of the tab that is open, the best first. */
export function viewsOf({ id, tab, part }: FlowScreen, { source }: World): readonly string[] {
  const exchange = source.exchange(id)
  return exchange && (tab === 'request' || tab === 'response') ? kindsOf(source, { exchange, side: tab, part }) : []
}

const showsBody = ({ tab }: FlowScreen): boolean => tab === 'request' || tab === 'response'

const linesOf = (screen: FlowScreen, world: World): readonly Line[] => flowRows(screen, world).map(row => row.line)

function flowTitle(screen: FlowScreen, world: World): readonly [Line, Line] {
  const exchange = world.source.exchange(screen.id)
  const tabs = spread(tabLine(flowTabs, screen.tab), viewOf(screen, world), world.columns)
  if (!exchange) return [titleBar(line(span(` #${screen.id}`, 'bold')), world), tabs]
  const { method, scheme, authority, path } = exchange.request.head
  const status = exchange.response?.head.status
  const failed = status === undefined || status >= 400 || exchange.aborted !== undefined
  const head = line(
    span(` #${screen.id}  `, 'bold'),
    span(`${printable(method)} `, 'bold'),
    span(`${status ?? (exchange.aborted ? '' : '—')}${exchange.aborted ? '✗' : ''} `, failed ? 'bad' : 'good'),
    printableHead(`${scheme}://${authority}${path}`),
  )
  return [titleBar(head, world), tabs]
}

function viewOf(screen: FlowScreen, world: World): Line {
  const best = viewsOf(screen, world)[0]
  return best === undefined ? [] : line(span('m ', 'key'), span(`${screen.view ?? best} `, 'dim'))
}
