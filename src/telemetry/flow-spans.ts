import { ATTR_DNS_ANSWERS, ATTR_DNS_QUESTION_NAME } from '@opentelemetry/semantic-conventions/incubating'
import { type Connection, isOwn, type Leg } from '../model/connection.ts'
import type { Exchange, ExchangeSide } from '../model/exchange.ts'
import {
  clean,
  httpAttributes,
  methodOf,
  networkAttributes,
  problemAttributes,
  problemOfFlow,
  tlsAttributes,
} from './attributes.ts'
import { present, type SpanNode, spanBetween } from './span.ts'

/** A flow that has ended, as it is told. */
export interface ToldFlow {
  readonly connection: Connection
  /** Absent where the flow is a connection without one. */
  readonly exchange?: Exchange | undefined
  /** How its connection was opened is told with it, and with none of the later ones. */
  readonly first: boolean
}

/**
 * The spans of a flow: what its client saw of Parley (server), within it what Parley asked the server (client), and in both
 * the steps: DNS, TCP, TLS, request, response.
 */
export function flowSpans({ connection, exchange, first }: ToldFlow): SpanNode {
  const { openedAt, client, closed, serverName, id } = connection
  const start = exchange && !first ? exchange.request.headAt : openedAt
  const end = Math.max(start, exchange ? endOf(exchange) : (closed?.at ?? openedAt))
  const problem = problemOfFlow(exchange, connection)
  const secured = first
    ? spanBetween('TLS', tlsFrom(connection), client.secureAt ?? failedAt(client), tls(client, serverName))
    : undefined
  const asked = upstreamSpan(connection, exchange, first, end)
  const parts = exchange ? messageSpans(exchange) : []
  return {
    name: exchange ? methodOf(exchange.request.head.method) : client.tlsStartsAt ? 'TLS connection' : 'TCP connection',
    kind: isOwn(connection) ? 'internal' : 'server',
    start,
    end,
    attributes: {
      ...networkAttributes(connection, 'client'),
      ...(exchange && httpAttributes(exchange, 'client')),
      ...(client.agreed && tlsAttributes(client, serverName)),
      ...problemAttributes(problem),
      'parley.connection.id': id,
      'parley.connection.reused': !first,
      'parley.treatment': connection.treatment,
      ...(exchange && { 'parley.flow.id': exchange.id, 'parley.rules': exchange.acts?.map(({ by }) => by) }),
    },
    ...(problem && { error: clean(problem.message) }),
    children: present([secured, ...parts.slice(0, 1), asked, ...parts.slice(1)]),
  }
}

/** Where the TLS of the client leg may have begun: the engine tells when its tunnel was open, else when it was accepted. */
const tlsFrom = ({ client, openedAt }: Connection): number | undefined =>
  client.tlsStartsAt || client.agreed ? (client.tunnelledAt ?? client.connectedAt ?? openedAt) : undefined

const failedAt = (leg: Leg): number | undefined => (leg.agreed ? undefined : leg.closed?.at)

const tls = (leg: Leg, serverName: string | undefined) => ({
  attributes: tlsAttributes(leg, serverName),
  ...(!leg.agreed && { error: 'the handshake was not finished' }),
})

const endOf = ({ request, response, aborted }: Exchange): number =>
  response?.endedAt ?? aborted?.at ?? response?.headAt ?? request.endedAt ?? request.headAt

function upstreamSpan(
  connection: Connection,
  exchange: Exchange | undefined,
  first: boolean,
  end: number,
): SpanNode | undefined {
  const { upstream } = connection
  const side = exchange?.server === 'not-asked' ? undefined : (exchange?.server ?? exchange)
  const opening = first && upstream ? openingSpans(connection, upstream) : []
  if (!upstream || (!side && opening.length === 0)) return undefined
  const starts = [...opening.map(span => span.start), ...(side ? [side.request.headAt] : [])]
  const start = Math.min(...starts)
  const last = side?.response?.endedAt ?? (side ? end : Math.max(...opening.map(span => span.end)))
  const failed = upstream.connectedAt === undefined || (upstream.tlsStartsAt !== undefined && !upstream.agreed)
  const problem = failed ? connection.problems[0] : undefined
  return {
    name: side ? methodOf(side.request.head.method) : 'connect',
    kind: 'client',
    start,
    end: Math.max(start, last),
    attributes: {
      ...networkAttributes(connection, 'upstream'),
      ...(side && httpAttributes(side, 'upstream')),
      ...(upstream.agreed && tlsAttributes(upstream, connection.serverName)),
      ...problemAttributes(problem),
      ...(upstream.via && { 'parley.via': `${upstream.via.scheme}://${upstream.via.host}:${upstream.via.port}` }),
    },
    ...(problem && { error: clean(problem.message) }),
    children: [...opening, ...(side && side !== exchange ? messageSpans(side) : [])],
  }
}

/** The steps by which a server is reached. */
function openingSpans(connection: Connection, upstream: Leg): readonly SpanNode[] {
  const { lookup, dialledAt, connectedAt, tunnelledAt, secureAt, closed, via } = upstream
  const network = { attributes: networkAttributes(connection, 'upstream') }
  const names = { [ATTR_DNS_QUESTION_NAME]: lookup?.name, [ATTR_DNS_ANSWERS]: lookup?.addresses }
  const wantsTls = upstream.tlsStartsAt !== undefined || upstream.agreed !== undefined
  return present([
    lookup && !lookup.literal ? spanBetween('DNS', lookup.startedAt, lookup.endedAt, { attributes: names }) : undefined,
    spanBetween('TCP', dialledAt, connectedAt ?? closed?.at, {
      ...network,
      ...(connectedAt === undefined && { error: 'it was not reached' }),
    }),
    via ? spanBetween('proxy', connectedAt, tunnelledAt) : undefined,
    wantsTls
      ? spanBetween(
          'TLS',
          tunnelledAt ?? connectedAt,
          secureAt ?? failedAt(upstream),
          tls(upstream, connection.serverName),
        )
      : undefined,
  ])
}

const messageSpans = ({ request, response }: ExchangeSide): readonly SpanNode[] =>
  present([
    spanBetween('request', request.headAt, request.endedAt),
    spanBetween('response', response?.headAt, response?.endedAt),
  ])
