import { exchangeFlow } from '../filter/flow.ts'
import { decodeBody } from '../formats/decode.ts'
import type { Connection } from '../model/connection.ts'
import type { Exchange, Message, RequestHead, ResponseHead } from '../model/exchange.ts'
import { firstValue, type Head, valuesOf } from './head/with-header.ts'
import type { AwaitedProcess, ConnectionFacts } from './rulings.ts'
import type { MessageFacts } from './three-valued.ts'

/** What the filters of rules see of a connection. */
export function connectionOf(facts: ConnectionFacts): Connection {
  const { tls, alpn } = facts
  const known = tls?.client ?? (alpn === undefined ? undefined : { version: '', cipherSuite: '', alpn, resumed: false })
  const agreed = known && { agreed: known }
  const upstream = {
    ...(facts.server && { remote: facts.server }),
    ...(tls?.server && { agreed: tls.server }),
  }
  return {
    id: facts.id,
    openedAt: 0,
    target: { host: facts.host, port: facts.port },
    client: { ...agreed, ...(facts.client && { remote: facts.client }) },
    ...(Object.keys(upstream).length > 0 && { upstream }),
    ...(facts.serverName !== undefined && { serverName: facts.serverName }),
    problems: [],
  }
}

/** What the filters of rules see of a message, before its body. */
export function messageFacts(
  connection: Connection,
  request: RequestHead,
  response?: ResponseHead,
  process?: AwaitedProcess,
): MessageFacts {
  const exchange: Exchange = {
    id: 0,
    connection: connection.id,
    request: headOnly(request),
    informational: [],
    ...(response && { response: headOnly(response) }),
    ...(asksWebSocket(request) && { upgraded: 'websocket' }),
    problems: [],
  }
  const pending = response ? 'response' : 'request'
  return { flow: exchangeFlow(exchange), exchange, connection, pending, ...(process && { process }) }
}

/** With the bodies that came, their codings undone; nothing more comes. */
export function withBodies(facts: MessageFacts, request?: Uint8Array, response?: Uint8Array): MessageFacts {
  const { pending: _, ...known } = facts
  const { exchange } = facts
  const bodies = {
    request: request && decoded(exchange!.request.head, request),
    response: response && exchange!.response && decoded(exchange!.response.head, response),
  }
  return { ...known, bodies }
}

const mostDecoded = 1024 * 1024 * 8 // filters look at the first of it

const decoded = (head: Head, body: Uint8Array): Uint8Array =>
  decodeBody(body, valuesOf(head, 'content-encoding').join(','), { maxBytes: mostDecoded }).bytes

const headOnly = <H>(head: H): Message<H> => ({ head, headAt: 0, bodyBytes: 0, bodyDropped: 0 })

/** RFC 6455 4.1, RFC 8441 4. */
function asksWebSocket(head: RequestHead): boolean {
  if (head.method === 'CONNECT') return firstValue(head, ':protocol') === 'websocket'
  return head.method === 'GET' && firstValue(head, 'upgrade')?.toLowerCase() === 'websocket'
}
