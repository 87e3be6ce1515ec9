import http, { type IncomingHttpHeaders } from 'node:http'
import http2, {
  type IncomingHttpHeaders as Http2Headers,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import { type Duplex, duplexPair } from 'node:stream'
import { type Problem, problemOf } from '../../problem/problem.ts'
import { failurePage } from '../failure-page.ts'
import { now } from '../ports.ts'
import { isOwnAddress } from '../site/site-host.ts'
import { JsTap } from '../socket/js-tap.ts'
import { tunnel } from '../tunnel/tunnel.ts'
import { type Arrival, aim, within } from './arrival.ts'
import { parseAuthority } from './authority.ts'

const quietRounds = 5 // times the patience with a head, as for a connection of HTTP/1
const mostStreams = 1000
const streamWindow = 1024 * 1024 // bytes that a tunnel may be ahead of its server
const mostMemory = 64 // MB
const endStream = 1 // RFC 9113 6.2

type Serve = (inside: Arrival) => void

/**
 * Serves a client that speaks HTTP/2 to the proxy itself. Each CONNECT (RFC 9113 8.5) makes a tunnel of its stream, and
 * other requests are served as those of HTTP/1 are: every one is a connection of its own.
 */
export function serveHttp2(arrival: Arrival, stream: Duplex, serve: Serve): void {
  const { hello } = arrival.services.options.timeouts
  const session = openSession(stream)
  session.setTimeout(quietRounds * hello, () => session.close())
  session.on('error', () => {}) // the client has been told with a GOAWAY, or has gone
  session.on('stream', (stream, headers, flags) => {
    stream.on('error', () => {})
    if (headers[':method'] === 'CONNECT') openTunnel(arrival, stream, headers)
    else passOn(arrival, stream, headers, (flags & endStream) !== 0, serve)
  })
}

function openSession(stream: Duplex): ServerHttp2Session {
  return http2.performServerHandshake(stream, {
    maxSessionMemory: mostMemory,
    settings: { maxConcurrentStreams: mostStreams, initialWindowSize: streamWindow },
  })
}

function openTunnel(outer: Arrival, stream: ServerHttp2Stream, headers: Http2Headers): void {
  const arrival = within(outer, stream)
  const { services, connection, address } = arrival
  const { tape, access } = services
  const authority = headers[':authority'] ?? ''
  const target = parseAuthority(authority)
  const problem =
    access.refusal(fieldsOf(headers)) ??
    (target
      ? aim(arrival, 'http2-connect', target)
      : problemOf('proxy/bad-connect', { detail: `CONNECT ${authority}` }))
  if (problem || !target) return refuse(arrival, stream, problem!)
  stream.respond({ ':status': 200 })
  const tap = new JsTap({ socket: stream, tape, connection, leg: 'client', remoteAddress: address })
  tap.on('error', () => {})
  void tunnel(services, connection, tap, target)
}

function refuse({ services: { tape }, connection }: Arrival, stream: ServerHttp2Stream, problem: Problem): void {
  const { status, contentType, body } = failurePage(problem)
  tape.event(connection, now(), { type: 'failed', problem })
  tape.event(connection, now(), { type: 'closed', at: now() })
  const challenge = status === 407 ? { 'proxy-authenticate': 'Basic realm="Parley"' } : {}
  stream.respond({ ':status': status, 'content-type': contentType, ...challenge })
  stream.end(body)
}

/** Through the way in that HTTP/1 has; what stands in the request and in the answer is the same there. */
function passOn(outer: Arrival, stream: ServerHttp2Stream, headers: Http2Headers, ended: boolean, serve: Serve): void {
  const { ':method': method, ':scheme': scheme, ':authority': authority = '', ':path': path } = headers
  const asked = parseAuthority(authority, scheme === 'https' ? 443 : 80)
  const isOwn = asked !== undefined && isOwnAddress(asked, outer.services.isOurs) // as if Parley were a server
  const [near, far] = duplexPair()
  serve(within(outer, far))
  const fields = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')))
  const request = http.request({
    createConnection: () => near,
    method,
    path: isOwn ? path : `${scheme}://${authority}${path}`,
    headers: { ...fields, host: authority } as http.OutgoingHttpHeaders,
  })
  request.on('error', () => stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR))
  request.on('response', response => {
    stream.respond({ ...forHttp2(response.headers), ':status': response.statusCode })
    response.pipe(stream)
  })
  stream.once('close', () => near.destroy())
  if (ended) request.end()
  else stream.pipe(request)
}

/** RFC 9113 8.2.2: fields that speak of a connection of HTTP/1. */
const ofHttp1: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
])

const forHttp2 = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ofHttp1.has(name)))

const fieldsOf = (headers: Http2Headers) => ({
  fields: { headers: Object.entries(headers).map(([name, value]) => [name, String(value)] as const) },
})
