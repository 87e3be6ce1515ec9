import { basename } from 'node:path'
import { hostAndPort } from '../../model/host-and-port.ts'
import { legsOf } from '../../view/flow-line.ts'
import { formatClock, formatCount, formatSize } from '../../view/format.ts'
import { printableHead } from '../../view/head-text.ts'
import { printable } from '../../view/printable.ts'
import { columnsOf, fill, type Line, line, type Span, span, spread } from '../line.ts'
import { viewsOf } from '../state/navigate.ts'
import {
  type ConnectionScreen,
  type ConnectionTab,
  connectionTabs,
  type FlowScreen,
  type FlowTab,
  flowTabs,
  type MessageScreen,
  type Screen,
  type State,
  type World,
} from '../state/state.ts'
import { tabNames } from '../state/tabs.ts'
import { leastForTwo } from './chrome.ts'
import { diffTitle } from './diff.ts'
import { hostsHead } from './hosts.ts'
import { listTitle } from './list.ts'
import { messagesIn, openMessage } from './message.ts'

/** The two rows at the top: where we are, and what is to be seen there. */
export function titleLines(screen: Screen, state: State, world: World): readonly [Line, Line] {
  switch (screen.kind) {
    case 'list':
      return [over(statusLine(state, world), world), listTitle(state, world)]
    case 'flow':
      return flowTitle(screen, world)
    case 'connection':
      return connectionTitle(screen, world)
    case 'message':
      return messageTitleLines(screen, world)
    case 'diff':
      return [over(line(span(` ${diffTitle(screen, world)}`, 'bold')), world), line(span(' what differs', 'dim'))]
    case 'hosts':
      return [over(line(span(' Hosts', 'bold')), world), hostsHead(world)]
    case 'help':
      return [over(line(span(' Help', 'bold')), world), []]
    case 'log':
      return [over(line(span(' Event log', 'bold')), world), []]
  }
}

const over = (spans: Line, { columns }: World): Line => fill(spans, columns, 'bar')

function statusLine(state: State, { source, status, columns }: World): Line {
  const { flows, connections, failed, size } = source.counts()
  const parts: (readonly Span[])[] = [
    [span(' parley', 'bold')],
    ...(status.listen ? [[span(status.listen)]] : []),
    [status.recording ? span('● recording', 'good') : span('○ not recording', 'dim')],
    [span(counted(flows, 'flow'))],
    ...(columns >= 90 ? [[span(counted(connections, 'connection'))]] : []),
    ...(failed > 0 ? [[span(`${formatCount(failed)} failed`, 'bad')]] : []),
    ...(state.sort ? [[span(`by ${state.sort.by} ${state.sort.descending ? '↓' : '↑'}`, 'accent')]] : []),
    ...(state.follow ? [[span('following', 'accent')]] : []),
  ]
  const left = parts.flatMap((part, i) => (i === 0 ? part : [span('  '), ...part]))
  const name = line(span(`${printable(basename(status.capturePath))} `, 'dim'), span(`${formatSize(size)} `, 'dim'))
  return columnsOf(left) + columnsOf(name) + 2 <= columns ? spread(left, name, columns) : left
}

const counted = (count: number, what: string): string => `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`

const tabLine = (tabs: readonly (FlowTab | ConnectionTab)[], open: string): Line =>
  line(
    ' ',
    ...tabs.map((tab, i) =>
      span(` ${i + 1} ${tabNames[tab]} `, tab === open ? 'bold' : 'dim', tab === open ? 'selected' : undefined),
    ),
  )

function flowTitle(screen: FlowScreen, world: World): readonly [Line, Line] {
  const exchange = world.source.exchange(screen.id)
  const tabs = spread(tabLine(flowTabs, screen.tab), viewOf(screen, world), world.columns)
  if (!exchange) return [over(line(span(` #${screen.id}`, 'bold')), world), tabs]
  const { method, scheme, authority, path } = exchange.request.head
  const status = exchange.response?.head.status
  const failed = status === undefined || status >= 400 || exchange.aborted !== undefined
  const head = line(
    span(` #${screen.id}  `, 'bold'),
    span(`${printable(method)} `, 'bold'),
    span(`${status ?? (exchange.aborted ? '' : '—')}${exchange.aborted ? '✗' : ''} `, failed ? 'bad' : 'good'),
    printableHead(`${scheme}://${authority}${path}`),
  )
  return [over(head, world), tabs]
}

function viewOf(screen: FlowScreen, world: World): Line {
  const best = viewsOf(screen, world)[0]
  return best === undefined ? [] : line(span('m ', 'key'), span(`${screen.view ?? best} `, 'dim'))
}

function connectionTitle(screen: ConnectionScreen, world: World): readonly [Line, Line] {
  const view = world.source.connection(screen.id)
  const tabs = tabLine(connectionTabs, screen.tab)
  if (!view) return [over(line(span(` c${screen.id}`, 'bold')), world), tabs]
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
  return [over(spread(left, [verdict], world.columns), world), tabs]
}

function messageTitleLines(screen: MessageScreen, world: World): readonly [Line, Line] {
  const open = openMessage(screen, world)
  const view = world.source.connection(screen.connection)
  if (!open || !view) return [over(line(span(' message', 'bold')), world), []]
  const sides = { client: ['client', 'Parley'], upstream: ['Parley', 'server'], frames: ['client', 'server'] }[
    screen.log
  ]
  const [from, to] = open.direction === 'to-server' ? sides : sides.toReversed()
  const what = screen.log === 'frames' ? 'frame' : 'message'
  const count = messagesIn(screen, world.source)
  const head = line(span(` c${screen.connection}  `, 'bold'), span(open.title, 'bold'), span(`  ${from} → ${to}`))
  const right = line(span(`${formatClock(open.at)}  ${what} ${screen.index + 1} of ${count} `, 'dim'))
  return [over(spread(head, right, world.columns), world), line(span(' fields', 'dim'))]
}
