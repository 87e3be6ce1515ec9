import type { IncomingMessage } from 'node:http'
import type { IContext } from 'http-mitm-proxy'

type Asking = NonNullable<IContext['proxyToServerRequestOptions']>

/** Methods to which Node’s client adds no framing where the request has none. */
const withoutBody = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'])

/** Whether a request announces a body (RFC 9112 6). */
export const hasBody = ({ headers }: IncomingMessage): boolean => isFramed(headers)

const isFramed = (headers: object): boolean =>
  Object.keys(headers).some(name => /^(?:content-length|transfer-encoding)$/i.test(name))

/** An offer of HTTP/2 in clear (RFC 7540 3.2), which scripts do not speak, and which a server may pass over. */
export const isHttp2 = (upgrade = ''): boolean => /^\s*h2c?\s*$/i.test(upgrade)

/** Keeps Node from framing a request in another way than the client did; returns what to do when scripts have seen it. */
export function frameRequest(request: IncomingMessage, asking: Asking): () => void {
  const { headers, method } = asking
  if (isHttp2(request.headers.upgrade))
    for (const name of ['upgrade', 'http2-settings', 'connection']) delete headers[name]
  const framed = hasBody(request)
  if (!framed && !withoutBody.has(method)) headers['content-length'] = '0' // Node would call it chunked
  return () => {
    if (framed && !isFramed(asking.headers)) asking.headers['transfer-encoding'] = 'chunked'
  }
}

/** What scripts have to do with a body, where there is one, and whether its length may change. */
export function frameBody(context: IContext, wanted: boolean): void {
  const { clientToProxyRequest: request, serverToProxyResponse: response } = context
  const none = request.method === 'HEAD' || response?.statusCode === 204 || response?.statusCode === 304
  if (none || response?.headers['content-length'] === '0') context.responseFilters.length = 0 // gunzip fails at nothing
  if (none) context.responseContentPotentiallyModified = false
  else if (wanted) context.responseContentPotentiallyModified = true
}

/** A client of HTTP/1.0 knows no chunks, and reads to the end of the connection (RFC 9112 6.1, 9.3). */
export function frameResponse({ clientToProxyRequest: request, serverToProxyResponse: response }: IContext): void {
  if (!response || request.httpVersion !== '1.0') return
  delete response.headers['transfer-encoding']
  response.headers.connection = 'close'
}
