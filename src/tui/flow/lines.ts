import type { Exchange, Header, Side } from '../../model/exchange.ts'
import { hostAndPort } from '../../model/host-and-port.ts'
import { type Facet, facetsOf } from '../../view/body/facets.ts'
import { grpcOutcome } from '../../view/body/grpc.ts'
import { formatClock, formatProcess } from '../../view/format.ts'
import { printableHead } from '../../view/head-text.ts'
import { printable } from '../../view/printable.ts'
import { printableProblem } from '../../view/printable-comparison.ts'
import { tlsName } from '../../view/protocol-name.ts'
import { legsOf } from '../../view/text/flow-line.ts'
import { endText } from '../../view/text/http-lines.ts'
import { waysAround } from '../../view/ways-around.ts'
import { chop, truncate } from '../../view/width.ts'
import { problemLines } from '../connection/compare-tab.ts'
import { blank, type Line, line, prose, span } from '../line.ts'
import type { ConnectionView } from '../ports.ts'
import type { World } from '../state/state.ts'
import { bodyPart } from './body.ts'
import { type DocumentRow, foldingRows, plainRow } from './body-rows.ts'
import { actLines, sideLines } from './sides.ts'
import type { FlowScreen } from './state.ts'
import { hasMessages, messagesRows } from './stream-messages.ts'
import { timingTab } from './timing.ts'

/** The rows of the tab that is open. */
export function flowRows(screen: FlowScreen, world: World): readonly DocumentRow[] {
  const exchange = world.source.exchange(screen.id)
  if (!exchange) return [blank, line('  This flow is not in the capture.')].map(plainRow)
  switch (screen.tab) {
    case 'request':
      return message(exchange, 'request', screen, world)
    case 'response':
      return exchange.response
        ? message(exchange, 'response', screen, world)
        : [
            ...actLines(exchange, 'response', world.columns),
            ...responseHead(exchange, world.columns),
            ...noResponse(exchange, world),
          ].map(plainRow)
    case 'summary':
      return summaryLines(world.source.connection(exchange.connection), world.columns).map(plainRow)
    case 'timing':
      return timingTab(world.source, exchange, world.columns).map(plainRow)
  }
}

/** Head, what stands in it, what is wrong with the flow, body and trailers. */
function message(exchange: Exchange, side: Side, screen: FlowScreen, world: World): readonly DocumentRow[] {
  const { columns } = world
  const head = side === 'request' ? requestHead(exchange, columns) : responseHead(exchange, columns)
  return [
    ...commentLines(screen.id, world).map(plainRow),
    ...actLines(exchange, side, columns).map(plainRow),
    ...head.map(plainRow),
    ...(side === 'response' ? remarkLines(exchange, columns) : []).map(plainRow),
    ...sideLines(exchange, side, world).map(plainRow),
    ...facetsOf(exchange, side).flatMap(facet => facetRows(facet, screen.flipped, columns)),
    ...wrongLines(exchange, world).map(plainRow),
    plainRow(blank),
    ...content(exchange, side, screen, world),
    ...headerLines(exchange[side]?.trailers ?? [], columns).map(plainRow),
    ...(side === 'response' ? grpcLines(exchange) : []).map(plainRow),
  ]
}

function remarkLines({ response }: Exchange, columns: number): readonly Line[] {
  const remarks = waysAround(response?.head.headers ?? [])
  return remarks.flatMap(({ message }) => prose(message, columns - 2).map(text => line(span(` ${text}`, 'warn'))))
}

function grpcLines({ response }: Exchange): readonly Line[] {
  const status = response && grpcOutcome(response)
  if (status === undefined) return []
  return [line(span(` gRPC status ${printable(status)}`, status.startsWith('0 ') ? 'good' : 'bad'))]
}

function commentLines(id: number, { source, columns }: World): readonly Line[] {
  const comment = source.rows({ after: id - 1, limit: 1 })[0]?.comment
  if (!comment) return []
  return prose(printable(comment), columns - 4).map((text, i) =>
    line(span(i === 0 ? ' ; ' : '   ', 'key'), span(text, 'warn')),
  )
}

/** One line, which opens what the head says in another form. */
function facetRows(
  { kind, title, lines }: Facet,
  flipped: ReadonlySet<string>,
  columns: number,
): readonly DocumentRow[] {
  const inner = lines.map(each => ({ ...each, depth: each.depth + 1 }))
  const heading = { text: title, depth: 0, path: '', spans: [{ text: title, tone: 'bold' as const }] }
  const fold = { lines: inner.length, text: `${title} …` }
  const closed = new Set(flipped)
  if (!closed.delete(`${kind} `)) closed.add(`${kind} `) // closed at first
  return foldingRows(kind, [{ ...heading, fold }, ...inner], closed, columns)
}

function content(exchange: Exchange, side: Side, screen: FlowScreen, world: World): readonly DocumentRow[] {
  const { source, columns, schema } = world
  const { flipped, part, view } = screen
  if (hasMessages(exchange, side)) return messagesRows(source, exchange, part, flipped, columns)
  return bodyPart(source, { exchange, side, kind: view, part, flipped, columns, schema })
}

function requestHead({ request }: Exchange, columns: number): readonly Line[] {
  const { method, target, version, headers } = request.head
  const start = printableHead(`${method} ${target} ${version}`)
  return [...chop(start, columns - 2).map(text => line(span(` ${text}`, 'bold'))), ...headerLines(headers, columns)]
}

function responseHead({ informational, response }: Exchange, columns: number): readonly Line[] {
  const heads = response ? [...informational, response.head] : informational
  return heads.flatMap(({ version, status, reason, headers }) => [
    line(span(printableHead(` ${version} ${status} ${reason}`.trimEnd()), 'bold')),
    ...headerLines(headers, columns),
  ])
}

const headerLines = (headers: readonly Header[], columns: number): readonly Line[] =>
  headers.flatMap(([name, value]) => {
    const shown = printableHead(name)
    const [first = '', ...rest] = chop(printableHead(value), Math.max(20, columns - shown.length - 4))
    return [
      line(span(` ${shown}`, 'accent'), span(': ', 'dim'), first),
      ...rest.flatMap(piece => chop(piece, columns - 6)).map(piece => line(`     ${piece}`)),
    ]
  })

function noResponse(exchange: Exchange, world: World): readonly Line[] {
  const held = typeof exchange.server === 'object' && exchange.server.response
  const sides = held ? sideLines(exchange, 'response', world) : []
  if (exchange.aborted) return [...sides, blank, ...wrongLines(exchange, world)]
  return [...sides, blank, line(span('  No response yet.', 'dim'))]
}

/** Who ended the flow before it was whole, and what is wrong with it, or with the connection that it failed with. */
function wrongLines({ aborted, problems, connection }: Exchange, { source, columns }: World): readonly Line[] {
  const text = aborted && endText(aborted)
  const ended = text ? prose(text.charAt(0).toUpperCase() + text.slice(1), columns - 4) : []
  const tone = aborted?.how === 'cancelled' ? 'warn' : 'bad'
  const ofConnection = aborted?.how === 'connection-failed' && problems.length === 0
  const told = ofConnection ? source.connection(connection)?.problems : problems.map(printableProblem)
  return [...ended.map(each => line('  ', span(each, tone))), ...problemLines(told ?? [], columns)]
}

const mostCommandRows = 4

function summaryLines(view: ConnectionView | undefined, columns: number): readonly Line[] {
  if (!view) return [blank, line('  Its connection is not in the capture.')]
  const { connection, comparison, problems } = view
  const { target, process, serverName, client, upstream, treatment } = connection
  const room = Math.max(20, columns - 24)
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['connection', `c${connection.id}, opened at ${formatClock(connection.openedAt)}`],
    ['process', process && formatProcess(process)],
    ['command', process?.command && truncate(printable(process.command), mostCommandRows * room)],
    ['target', target && hostAndPort(target)],
    ['server name (SNI)', serverName],
    ['treatment', treatment],
    ['client │ server', legsOf(connection)],
    ['client leg', client.agreed && `${tlsName(client.agreed.version)}  ${client.agreed.cipherSuite}`],
    ['upstream leg', upstream?.agreed && `${tlsName(upstream.agreed.version)}  ${upstream.agreed.cipherSuite}`],
    ['server address', upstream?.remote && `${upstream.remote.address} port ${upstream.remote.port}`],
    ['without Parley', comparison.verdict.sentence],
  ]
  const told = rows.flatMap(([name, value]) => {
    if (!value) return []
    const [first = '', ...rest] = prose(printable(value), room)
    return [line(span(` ${name.padEnd(20)}  `, 'dim'), first), ...rest.map(text => line(' '.repeat(23), text))]
  })
  return [
    ...told,
    ...problemLines(problems, columns),
    blank,
    line(span(' c', 'key'), ' opens it: both handshakes, message by message.'),
  ]
}
