import { type Acted, actedOf } from '../model/acted.ts'
import type { Connection } from '../model/connection.ts'
import type { Exchange, ExchangeId, Header } from '../model/exchange.ts'

/** What the list shows and most filters ask: the narrow side of an exchange, or of a connection shown as such. */
export interface Flow {
  /** An exchange's id is its flow id; a connection's flow takes its number from the same sequence. */
  readonly id: ExchangeId
  readonly kind: 'exchange' | 'connection'
  readonly connection: number
  readonly stream?: number
  /** ms since the epoch */
  readonly startedAt: number
  /** `http`, `https`, ...; of a connection `tls` or `tcp`. */
  readonly scheme: string
  /** Lower case, without port or brackets. */
  readonly host: string
  /** Absent where it is the scheme's default. */
  readonly port?: number
  /** Of a connection `TLS` or `TCP`. */
  readonly method: string
  readonly path: string
  readonly status?: number
  /** Without parameters, lower case. */
  readonly contentType?: string
  readonly requestType?: string
  readonly requestBytes: number
  readonly responseBytes: number
  /** ms from the request's head to the end. */
  readonly duration?: number
  readonly protocol: string
  readonly state: 'running' | 'complete' | 'aborted' | 'cancelled'
  readonly problem: boolean
  /** What Parley did to it because a person wanted that: where it answered in the server's place, that. */
  readonly acted?: Acted
}

export function exchangeFlow(exchange: Exchange): Flow {
  const { request, response } = exchange
  const { method, scheme, path } = request.head
  const { host, port } = splitAuthority(request.head.authority)
  const endedAt = response?.endedAt ?? exchange.aborted?.at
  const acted = actedOf(exchange)
  return {
    id: exchange.id,
    kind: 'exchange',
    connection: exchange.connection,
    ...(exchange.stream !== undefined && { stream: exchange.stream }),
    startedAt: request.headAt,
    scheme: clean(scheme),
    host,
    ...(port !== undefined && port !== defaultPorts[scheme] && { port }),
    method: clean(method),
    path: clean(path),
    ...(response && { status: response.head.status }),
    ...typeAs('contentType', response?.head.headers),
    ...typeAs('requestType', request.head.headers),
    requestBytes: request.bodyBytes,
    responseBytes: response?.bodyBytes ?? 0,
    ...(endedAt !== undefined && { duration: endedAt - request.headAt }),
    protocol: clean(exchange.upgraded ?? protocolOf(request.head.version)),
    state: stateOf(exchange),
    problem: exchange.problems.length > 0,
    ...(acted && { acted }),
  }
}

function stateOf({ aborted, response }: Exchange): Flow['state'] {
  if (aborted) return aborted.how === 'cancelled' ? 'cancelled' : 'aborted'
  return response?.endedAt === undefined ? 'running' : 'complete'
}

/** A connection that failed, or carries something that is not decoded, as a row of the list. */
export function connectionFlow(connection: Connection, id: ExchangeId): Flow {
  const { client, upstream, target, closed, problems } = connection
  const tls = connection.serverName !== undefined || client.tlsStartsAt !== undefined || client.agreed !== undefined
  const bytes = client.bytes ?? upstream?.bytes
  return {
    id,
    kind: 'connection',
    connection: connection.id,
    startedAt: connection.openedAt,
    scheme: tls ? 'tls' : 'tcp',
    host: clean((target?.host ?? connection.serverName ?? '').toLowerCase()),
    ...(target && { port: target.port }),
    method: tls ? 'TLS' : 'TCP',
    path: '',
    requestBytes: bytes?.toServer ?? 0,
    responseBytes: bytes?.toClient ?? 0,
    ...(closed && { duration: closed.at - connection.openedAt }),
    protocol: clean(connection.protocol ?? 'opaque'),
    state: problems.length > 0 ? 'aborted' : closed ? 'complete' : 'running',
    problem: problems.length > 0,
  }
}

/** `https://host:8443`, without a default port. */
export const originOf = ({ scheme, host, port }: Pick<Flow, 'scheme' | 'host' | 'port'>): string =>
  `${scheme}://${host.includes(':') ? `[${host}]` : host}${port === undefined ? '' : `:${port}`}`

const protocolOf = (version: string): string => (version === 'HTTP/2' ? 'h2' : version.toLowerCase())
const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 }

interface Authority {
  readonly host: string
  readonly port?: number
}

let last: { readonly text: string; readonly read: Authority } | undefined // one after the other is mostly the same

function splitAuthority(text: string): Authority {
  if (last?.text !== text) last = { text, read: readAuthority(text) }
  return last.read
}

function readAuthority(authority: string): Authority {
  const match = /^(?:[^@]*@)?(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(authority)
  if (!match) return { host: clean(authority.toLowerCase()) }
  const host = clean((match[1] ?? match[2] ?? '').toLowerCase())
  return match[3] === undefined ? { host } : { host, port: Number(match[3]) }
}

function typeAs<Name extends string>(name: Name, headers: readonly Header[] | undefined): { [N in Name]?: string } {
  const value = headers && headerNamed(headers, 'content-type')
  if (value === undefined) return {}
  const end = value.indexOf(';')
  const type = (end < 0 ? value : value.slice(0, end)).trim().slice(0, 255).toLowerCase()
  return { [name]: clean(type) } as { [N in Name]?: string }
}

function headerNamed(headers: readonly Header[], name: string): string | undefined {
  for (const [key, value] of headers) if (key.length === name.length && key.toLowerCase() === name) return value
  return undefined
}

// What SQL text and a regular expression's dot would see differently: NUL, line ends, surrogates.
const unclean = /[\0\n\r\u2028\u2029\ud800-\udfff]/
/** Text as filters see it, in the file and in memory alike. */
export const clean = (text: string): string =>
  unclean.test(text) ? text.replace(new RegExp(unclean, 'g'), '\ufffd') : text
