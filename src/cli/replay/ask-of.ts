import { type Connection, isOwn } from '../../model/connection.ts'
import type { BodySide, Exchange, ExchangeId, Message, RequestHead } from '../../model/exchange.ts'
import type { Ask } from '../../proxy/own/whole-answer.ts'
import type { Capture } from '../../store/capture.ts'
import { dissect } from '../../wire/tls/dissect.ts'

/** What a request to be sent again is read from; an open capture fits. */
export type KeptRequests = Pick<Capture, 'exchange' | 'connection' | 'body' | 'legCapture'>

/** All of an Ask that an exchange says. */
export type Repeated = Omit<Ask, 'timeout' | 'keep'>

/**
 * What the server got of an exchange, to be sent to it again: with the body, in the original's protocol, and with the
 * ClientHello of its client. Where that is not possible, a sentence that says why.
 */
export function askOf(kept: KeptRequests, id: ExchangeId): Repeated | string {
  const exchange = kept.exchange(id)
  const connection = exchange && kept.connection(exchange.connection)
  if (!exchange || !connection) return `There is no request in flow ${id}.`
  const refusal = refusalOf(exchange, connection)
  if (refusal !== undefined) return refusal
  const { message, side } = sentOf(exchange)
  const body = message.bodyBytes === 0 ? new Uint8Array(0) : kept.body(id, side, 0, message.bodyBytes)
  if (body.length < message.bodyBytes)
    return `Of the body of flow ${id} ${body.length} of ${message.bodyBytes} bytes were kept; record with a larger --body-limit.`
  const server = serverOf(exchange, connection, message.head)
  if (!server) return `It is not known to which server flow ${id} went.`
  const hello = server.scheme === 'https' ? helloOf(kept, connection) : undefined
  const { serverName } = connection
  const named = server.scheme === 'https' && serverName !== undefined && server.host === connection.target?.host
  return {
    server,
    head: message.head,
    body,
    entrance: 'replay',
    origin: id,
    ...(message.trailers?.length && { trailers: message.trailers }),
    ...(hello && { hello }),
    ...(named && { serverName }),
  }
}

function refusalOf({ id, request, upgraded }: Exchange, { treatment }: Connection): string | undefined {
  const { method } = request.head
  if (method.toUpperCase() === 'CONNECT') return `Flow ${id} opened a tunnel, which cannot be repeated.`
  if (upgraded !== undefined) return `Flow ${id} went on as ${upgraded}, which cannot be repeated.`
  if (treatment === 'own') return `Flow ${id} asked Parley itself.`
  return request.endedAt === undefined ? `The request of flow ${id} is not whole.` : undefined
}

/** As the server got it, where Parley changed it on the way. */
function sentOf({ request, server }: Exchange): { readonly message: Message<RequestHead>; readonly side: BodySide } {
  if (typeof server !== 'object') return { message: request, side: 'request' }
  return { message: server.request, side: server.request.sameBody ? 'request' : 'server-request' }
}

function serverOf(exchange: Exchange, connection: Connection, sent: RequestHead): Ask['server'] | undefined {
  const { target, entrance } = connection
  const elsewhere = sent.authority !== exchange.request.head.authority
  if (entrance === 'absolute-form' || elsewhere || !target) return fromAuthority(sent)
  return { scheme: isSecure(connection) ? 'https' : 'http', host: target.host, port: target.port }
}

function fromAuthority({ scheme, authority }: RequestHead): Ask['server'] | undefined {
  const secure = scheme === 'https' || scheme === 'wss'
  const url = URL.parse(`${secure ? 'https' : 'http'}://${authority}`)
  if (!url?.hostname) return undefined
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return { scheme: secure ? 'https' : 'http', host, port: Number(url.port) || (secure ? 443 : 80) }
}

/** Whether its server speaks TLS: the upstream leg says so, or where it never stood the client's. */
function isSecure({ client, upstream, entrance, problems }: Connection): boolean {
  if (upstream?.secureAt !== undefined) return true
  const inClear = entrance === 'reverse' && upstream?.connectedAt !== undefined && problems.length === 0
  return client.secureAt !== undefined && !inClear
}

/** The message, with its four header bytes. Of what Parley sent itself, that. */
function helloOf(kept: Pick<KeptRequests, 'legCapture'>, connection: Connection): Uint8Array | undefined {
  const leg = kept.legCapture(connection.id, isOwn(connection) ? 'upstream' : 'client')
  const messages = leg ? dissect(leg, { checks: false, fields: false }).messages : []
  const bytes = messages.find(({ name }) => name === 'client_hello')?.bytes
  return bytes && Uint8Array.from(bytes)
}
