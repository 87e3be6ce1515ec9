import {
  ATTR_CLIENT_ADDRESS,
  ATTR_CLIENT_PORT,
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_NETWORK_LOCAL_ADDRESS,
  ATTR_NETWORK_LOCAL_PORT,
  ATTR_NETWORK_PEER_ADDRESS,
  ATTR_NETWORK_PEER_PORT,
  ATTR_NETWORK_PROTOCOL_NAME,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_NETWORK_TRANSPORT,
  ATTR_NETWORK_TYPE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_FULL,
  ATTR_URL_PATH,
  ATTR_URL_QUERY,
  ATTR_URL_SCHEME,
  ATTR_USER_AGENT_ORIGINAL,
} from '@opentelemetry/semantic-conventions'
import {
  ATTR_HTTP_REQUEST_BODY_SIZE,
  ATTR_HTTP_RESPONSE_BODY_SIZE,
  ATTR_TLS_CIPHER,
  ATTR_TLS_CLIENT_SERVER_NAME,
  ATTR_TLS_ESTABLISHED,
  ATTR_TLS_NEXT_PROTOCOL,
  ATTR_TLS_PROTOCOL_NAME,
  ATTR_TLS_PROTOCOL_VERSION,
  ATTR_TLS_RESUMED,
} from '@opentelemetry/semantic-conventions/incubating'
import { redactText } from '../export/redact/redact-text.ts'
import { defaultRules } from '../export/redact/redaction.ts'
import type { Connection, Leg } from '../model/connection.ts'
import type { Exchange, ExchangeSide } from '../model/exchange.ts'
import type { Problem } from '../model/problem.ts'
import type { Attributes } from './span.ts'

/** Names are those of OpenTelemetry's semantic conventions; what they have none for is `parley.…`. */

/** What leaves the machine leaves without secrets, whatever quotes them. */
export const clean = (text: string): string => redactText(text, defaultRules, '', () => {})

const known = new Set(['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'QUERY', 'TRACE'])

/** The method as metrics may have it: one of those that are known, or `_OTHER`. */
export const methodOf = (method: string): string => (known.has(method) ? method : '_OTHER')

/** Of a request and its response on one leg: `http.…`, `url.…` and `network.protocol.…`. */
export function httpAttributes({ request, response }: ExchangeSide, leg: 'client' | 'upstream'): Attributes {
  const { method, scheme, authority, path, headers, version } = request.head
  const [, number = ''] = /^HTTP\/([\d.]+)$/.exec(version) ?? []
  const [location = '', query] = path.split(/\?(.*)/s, 2)
  const status = response?.head.status
  const agent = headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1]
  return {
    [ATTR_HTTP_REQUEST_METHOD]: methodOf(method),
    ...(!known.has(method) && { [ATTR_HTTP_REQUEST_METHOD_ORIGINAL]: method.slice(0, 64) }),
    [ATTR_URL_SCHEME]: scheme,
    ...(leg === 'client'
      ? { [ATTR_URL_PATH]: clean(location), [ATTR_URL_QUERY]: query && clean(`?${query}`).slice(1) }
      : { [ATTR_URL_FULL]: clean(`${scheme}://${authority.replace(/^.*@/, '')}${path}`) }),
    [ATTR_HTTP_RESPONSE_STATUS_CODE]: status,
    [ATTR_NETWORK_PROTOCOL_NAME]: 'http',
    [ATTR_NETWORK_PROTOCOL_VERSION]: number,
    [ATTR_USER_AGENT_ORIGINAL]: agent === undefined ? agent : clean(agent),
    [ATTR_HTTP_REQUEST_BODY_SIZE]: request.bodyBytes,
    [ATTR_HTTP_RESPONSE_BODY_SIZE]: response?.bodyBytes,
  }
}

/** Where a leg leads: `network.…`; for the client leg `client.…` too, for the upstream leg `server.…`. */
export function networkAttributes(
  { target, client, upstream, serverName }: Connection,
  of: 'client' | 'upstream',
): Attributes {
  const leg = of === 'client' ? client : upstream
  const { local, remote } = leg ?? {}
  return {
    [ATTR_SERVER_ADDRESS]: target?.host ?? serverName,
    [ATTR_SERVER_PORT]: target?.port,
    [ATTR_NETWORK_TRANSPORT]: 'tcp',
    [ATTR_NETWORK_TYPE]: remote && (remote.address.includes(':') ? 'ipv6' : 'ipv4'),
    [ATTR_NETWORK_PEER_ADDRESS]: remote?.address,
    [ATTR_NETWORK_PEER_PORT]: remote?.port,
    [ATTR_NETWORK_LOCAL_ADDRESS]: local?.address,
    [ATTR_NETWORK_LOCAL_PORT]: local?.port,
    ...(of === 'client' && { [ATTR_CLIENT_ADDRESS]: remote?.address, [ATTR_CLIENT_PORT]: remote?.port }),
  }
}

/** What TLS agreed on a leg: `tls.…`. */
export function tlsAttributes({ agreed }: Leg, serverName: string | undefined): Attributes {
  const [, version] = /^(?:TLS|SSL)v(\d(?:\.\d)?)$/.exec(agreed?.version ?? '') ?? []
  return {
    [ATTR_TLS_ESTABLISHED]: agreed !== undefined,
    [ATTR_TLS_CLIENT_SERVER_NAME]: serverName,
    ...(agreed && {
      [ATTR_TLS_PROTOCOL_NAME]: agreed.version.startsWith('SSL') ? 'ssl' : 'tls',
      [ATTR_TLS_PROTOCOL_VERSION]: version,
      [ATTR_TLS_CIPHER]: agreed.cipherSuite,
      [ATTR_TLS_NEXT_PROTOCOL]: agreed.alpn,
      [ATTR_TLS_RESUMED]: agreed.resumed,
    }),
  }
}

/** The cause of a failure: `error.type` is the code of Parley's problem. */
export const problemAttributes = (problem: Problem | undefined): Attributes =>
  problem ? { [ATTR_ERROR_TYPE]: problem.code, 'parley.blame': problem.blame, 'parley.remedy': problem.remedy } : {}

/** What went wrong with a flow; undefined where nothing did. */
export function problemOfFlow(exchange: Exchange | undefined, connection: Connection): Problem | undefined {
  if (!exchange) return connection.problems[0]
  const { problems, aborted } = exchange
  if (aborted?.how === 'cancelled') return undefined
  const [own] = problems
  if (own) return own
  if (!aborted) return undefined
  return connection.problems[0] ?? { code: 'aborted', blame: aborted.by, message: aborted.why }
}
