import type { Exchange, Header, Side } from '../../model/exchange.ts'
import { legsOf } from '../../view/flow-line.ts'
import { formatClock, formatDuration } from '../../view/format.ts'
import { printable } from '../../view/printable.ts'
import { blank, chop, type Line, line, prose, span } from '../line.ts'
import type { ConnectionView } from '../ports.ts'
import type { FlowScreen, World } from '../state/state.ts'
import { problemLines } from './compare-tab.ts'
import { bodyLines } from './flow-body.ts'
import { messagesLines } from './messages.ts'
import { type Bar, barLines, connectionBars } from './timeline-tab.ts'

/** The lines of the tab that is open. */
export function flowLines(screen: FlowScreen, world: World): readonly Line[] {
  const exchange = world.source.exchange(screen.id)
  if (!exchange) return [blank, line('  This flow is not in the capture.')]
  switch (screen.tab) {
    case 'request':
      return [...requestHead(exchange, world.columns), ...body(exchange, 'request', screen, world)]
    case 'response':
      return exchange.response
        ? [...responseHead(exchange, world.columns), ...content(exchange, screen, world)]
        : noResponse(exchange, world.columns)
    case 'summary':
      return summaryLines(world.source.connection(exchange.connection), world.columns)
    case 'timing':
      return timingLines(exchange, world)
  }
}

const content = (exchange: Exchange, screen: FlowScreen, world: World): readonly Line[] =>
  exchange.upgraded === 'websocket'
    ? [blank, ...messagesLines(world.source, exchange, world.columns)]
    : body(exchange, 'response', screen, world)

const body = (
  exchange: Exchange,
  side: Side,
  { mode, part }: FlowScreen,
  { source, columns }: World,
): readonly Line[] => [
  blank,
  ...bodyLines(source, { exchange, side, mode, part, columns }),
  ...headerLines(exchange[side]?.trailers ?? [], columns),
  ...problemLines(side === 'response' ? exchange.problems : [], columns).map(spans =>
    spans.map(each => ({ ...each, text: printable(each.text) })),
  ),
]

function requestHead({ request }: Exchange, columns: number): readonly Line[] {
  const { method, target, version, headers } = request.head
  const start = printable(`${method} ${target} ${version}`)
  return [...chop(start, columns - 2).map(text => line(span(` ${text}`, 'bold'))), ...headerLines(headers, columns)]
}

function responseHead({ informational, response }: Exchange, columns: number): readonly Line[] {
  const heads = response ? [...informational, response.head] : informational
  return heads.flatMap(({ version, status, reason, headers }) => [
    line(span(printable(` ${version} ${status} ${reason}`.trimEnd()), 'bold')),
    ...headerLines(headers, columns),
  ])
}

const headerLines = (headers: readonly Header[], columns: number): readonly Line[] =>
  headers.flatMap(([name, value]) => {
    const shown = printable(name)
    const [first = '', ...rest] = chop(printable(value), Math.max(20, columns - shown.length - 4))
    return [
      line(span(` ${shown}`, 'accent'), span(': ', 'dim'), first),
      ...rest.flatMap(piece => chop(piece, columns - 6)).map(piece => line(`     ${piece}`)),
    ]
  })

function noResponse({ aborted }: Exchange, columns: number): readonly Line[] {
  if (!aborted) return [blank, line(span('  No response yet.', 'dim'))]
  return [
    blank,
    ...prose(`Ended by ${aborted.by}: ${printable(aborted.why)}`, columns - 4).map(text =>
      line('  ', span(text, 'bad')),
    ),
  ]
}

function summaryLines(view: ConnectionView | undefined, columns: number): readonly Line[] {
  if (!view) return [blank, line('  Its connection is not in the capture.')]
  const { connection, comparison, problems } = view
  const { target, serverName, client, upstream, treatment } = connection
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['connection', `c${connection.id}, opened at ${formatClock(connection.openedAt)}`],
    ['target', target && `${target.host}:${target.port}`],
    ['server name (SNI)', serverName],
    ['treatment', treatment],
    ['client │ server', legsOf(connection)],
    ['client leg', client.agreed && `${client.agreed.version}  ${client.agreed.cipherSuite}`],
    ['upstream leg', upstream?.agreed && `${upstream.agreed.version}  ${upstream.agreed.cipherSuite}`],
    ['server address', upstream?.remote && `${upstream.remote.address} port ${upstream.remote.port}`],
    ['without Parley', `${comparison.verdict.agreed}. ${comparison.verdict.sentence}`],
  ]
  const told = rows.flatMap(([name, value]) => {
    if (value === undefined) return []
    const [first = '', ...rest] = prose(printable(value), Math.max(20, columns - 24))
    return [line(span(` ${name.padEnd(20)}  `, 'dim'), first), ...rest.map(text => line(' '.repeat(23), text))]
  })
  return [
    ...told,
    ...problemLines(problems, columns),
    blank,
    line(span(' c', 'key'), ' opens it: both handshakes, message by message.'),
  ]
}

function timingLines(exchange: Exchange, { source, columns }: World): readonly Line[] {
  const { request, response, aborted } = exchange
  const view = source.connection(exchange.connection)
  const sent = request.endedAt ?? request.headAt
  const bars: Bar[] = [
    { name: 'request', from: request.headAt, to: request.endedAt ?? response?.headAt ?? aborted?.at, tone: 'accent' },
    { name: 'waiting', from: sent, to: response?.headAt ?? aborted?.at, tone: 'dim' },
    ...(response
      ? [{ name: 'response', from: response.headAt, to: response.endedAt ?? aborted?.at, tone: 'good' as const }]
      : []),
  ]
  const ended = response?.endedAt ?? aborted?.at
  const total = ended === undefined ? 'still running' : formatDuration(ended - request.headAt)
  const before = view
    ? connectionBars(view.connection, view.handshakes).filter(({ name }) => name !== 'open to both')
    : []
  const since = view ? formatDuration(Math.max(0, request.headAt - view.connection.openedAt)) : ''
  return [
    line(span(` This exchange: ${total}`, 'bold')),
    blank,
    ...barLines(bars, columns),
    ...(before.length > 0
      ? [blank, line(span(` Its connection, opened ${since} before`, 'bold')), blank, ...barLines(before, columns)]
      : []),
  ]
}
