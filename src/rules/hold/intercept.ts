import type { Filter, PatternName } from '../../filter/ast.ts'
import { exchangeFlow } from '../../filter/flow.ts'
import { type FlowFacts, matcherFor } from '../../filter/match.ts'
import { parseFilter } from '../../filter/parser.ts'
import type { Connection } from '../../model/connection.ts'
import type { Exchange, Message, RequestHead, ResponseHead } from '../../model/exchange.ts'
import type { Direction } from '../../model/party.ts'
import type { ConnectionFacts } from '../rulings.ts'

/** What is known of a message when it is asked whether it is to be held. */
export interface Seen {
  readonly connection: ConnectionFacts
  readonly request: RequestHead
  readonly requestBody?: Uint8Array | undefined
  readonly response?: ResponseHead
  readonly responseBody?: Uint8Array | undefined
  /** A whole message of a WebSocket. */
  readonly data?: { readonly direction: Direction; readonly bytes: Uint8Array }
}

/** The filter of a person's breakpoint, made ready. */
export interface Intercept {
  readonly text: string
  /** Some message of the connection may fit. */
  mayFitOn(connection: ConnectionFacts): boolean
  /** It fits, or will where its body does. */
  mayFit(seen: Seen): boolean
  fits(seen: Seen): boolean
}

/** Throws a FilterError where the text is no filter. */
export function interceptOf(text: string): Intercept {
  const filter = parseFilter(text)
  const ofConnection = matcherFor(loosened(filter, asksOfConnection, true))
  const ofHeads = matcherFor(loosened(filter, asksOfHeads, true))
  const whole = matcherFor(filter)
  return {
    text,
    mayFitOn: connection => ofConnection(factsOf({ connection, request: anyRequest(connection) })),
    mayFit: seen => ofHeads(factsOf(seen)),
    fits: seen => whole(factsOf(seen)),
  }
}

const ofConnection: ReadonlySet<string> = new Set<PatternName>(['d', 'src', 'sni'])
const ofBodies: ReadonlySet<string> = new Set<PatternName>(['b', 'bq', 'bs', 'all'])

type Asks = (term: Filter & { readonly name: string }) => boolean

const asksOfConnection: Asks = ({ type, name }) => type === 'pattern' && ofConnection.has(name)
const asksOfHeads: Asks = ({ type, name }) => type !== 'pattern' || !ofBodies.has(name)

const everything: Filter = { type: 'all' }
const nothing: Filter = { type: 'not', of: everything }

/** The filter with every term that cannot be answered yet taken for what lets most through. */
function loosened(filter: Filter, known: Asks, wanted: boolean): Filter {
  switch (filter.type) {
    case 'all':
      return filter
    case 'not':
      return { type: 'not', of: loosened(filter.of, known, !wanted) }
    case 'and':
    case 'or':
      return { ...filter, of: filter.of.map(each => loosened(each, known, wanted)) }
    default:
      return known(filter) ? filter : wanted ? everything : nothing
  }
}

function factsOf(seen: Seen): FlowFacts {
  const { request, requestBody, response, responseBody, data } = seen
  const connection = connectionOf(seen.connection)
  const exchange: Exchange = {
    id: 0,
    connection: connection.id,
    request: messageOf(request, requestBody),
    informational: [],
    ...(response && { response: messageOf(response, responseBody) }),
    ...(data && { upgraded: 'websocket' }),
    problems: [],
  }
  const messages = data && { [data.direction === 'to-server' ? 'request' : 'response']: [data.bytes] }
  return {
    flow: exchangeFlow(exchange),
    exchange,
    connection,
    bodies: { request: requestBody, response: responseBody },
    ...(messages && { messages }),
  }
}

const messageOf = <Head>(head: Head, body: Uint8Array | undefined): Message<Head> => ({
  head,
  headAt: 0,
  bodyBytes: body?.length ?? 0,
  bodyDropped: 0,
})

const connectionOf = ({ id, host, port, client, server, serverName, alpn }: ConnectionFacts): Connection => ({
  id,
  openedAt: 0,
  target: { host, port },
  client: { ...(client && { remote: client }), ...(alpn !== undefined && { agreed: agreedOn(alpn) }) },
  ...(server && { upstream: { remote: server } }),
  ...(serverName !== undefined && { serverName }),
  problems: [],
})

const agreedOn = (alpn: string) => ({ version: '', cipherSuite: '', alpn, resumed: false })

/** Stands for whatever will be asked on the connection. */
const anyRequest = ({ host, port, scheme }: ConnectionFacts): RequestHead => ({
  method: '',
  target: '',
  scheme,
  authority: `${host.includes(':') ? `[${host}]` : host}:${port}`,
  path: '',
  version: '',
  headers: [],
})
