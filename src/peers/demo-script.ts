import type { ClientRequest, TlsChoices } from './client-types.ts'
import type { OriginName } from './origin.ts'

/** One visit of the demo: a connection to an origin, or two where the second resumes the first. */
export interface DemoVisit {
  readonly origin: OriginName
  /** What a person learns from it, in a sentence. */
  readonly shows: string
  readonly requests: readonly (ClientRequest & { readonly path: string })[]
  /** A WebSocket chat at `/` in place of requests. */
  readonly messages?: readonly string[]
  /** Offered protocols; the client's own unless told. */
  readonly alpn?: readonly string[]
  readonly tls?: TlsChoices
  /** Sends all requests before the first answer. */
  readonly pipelined?: boolean
  /** Goes back with the session of the first connection. */
  readonly resumes?: boolean
  /** Shows the client certificate of the origins. */
  readonly clientCertificate?: boolean
  /** How it ends without a proxy: the status of the last answer, or the stage that fails. */
  readonly ends: number | 'connect' | 'tls' | 'http'
}

const paths = (...list: readonly string[]) => list.map(path => ({ path }))
const accepting = { headers: [['accept-encoding', 'gzip, br']] } as const
const json = { headers: [['content-type', 'application/json']] } as const

/** The visits of `parley demo`, in order: what works, then what fails. */
export const demoScript: readonly DemoVisit[] = [
  {
    origin: 'tls13',
    shows: 'TLS 1.3 and HTTP/2 on both sides, several streams on one connection',
    requests: [...paths('/', '/json', '/image'), { path: '/gzip', ...accepting }, { path: '/br', ...accepting }],
    ends: 200,
  },
  {
    origin: 'tls13',
    shows: 'A POST with a JSON body, and the answer that says it back',
    requests: [{ path: '/echo', method: 'POST', body: '{"question":"who is in the middle?"}', ...json }],
    ends: 200,
  },
  {
    origin: 'tls13',
    shows: 'The same server twice: the second handshake resumes the first with a ticket',
    requests: paths('/json'),
    resumes: true,
    ends: 200,
  },
  {
    origin: 'tls13',
    shows: 'Server-sent events, one after the other on an open stream',
    requests: [{ path: '/events', headers: [['accept', 'text/event-stream']] }],
    ends: 200,
  },
  {
    origin: 'hrr',
    shows: 'The server does not like the key share and asks for another: HelloRetryRequest',
    requests: paths('/json'),
    ends: 200,
  },
  {
    origin: 'tls12-ecdhe',
    shows: 'TLS 1.2 on the upstream leg, with ServerKeyExchange and an intermediate certificate',
    requests: paths('/json', '/moved', '/missing'),
    ends: 404,
  },
  {
    origin: 'tls12-ecdhe',
    shows: 'Session resumption as TLS 1.2 does it: no certificates the second time',
    requests: paths('/whoami'),
    tls: { maxVersion: 'TLSv1.2' },
    resumes: true,
    ends: 200,
  },
  {
    origin: 'tls12-rsa',
    shows: 'RSA key exchange: whoever has the server key can read everything, now and later',
    requests: paths('/whoami'),
    ends: 200,
  },
  {
    origin: 'tls12-cbc',
    shows: 'A CBC cipher suite, and the padding and MAC that come with it',
    requests: paths('/whoami'),
    ends: 200,
  },
  {
    origin: 'http11',
    shows: 'Three pipelined requests on one HTTP/1.1 connection',
    requests: paths('/json', '/image', '/missing'),
    alpn: ['http/1.1'],
    pipelined: true,
    ends: 404,
  },
  {
    origin: 'http11',
    shows: 'The client offers HTTP/2 and the server knows only HTTP/1.1: keep-alive, chunks and trailers',
    requests: paths('/', '/chunked', '/trailers', '/large'),
    ends: 200,
  },
  {
    origin: 'websocket',
    shows: 'A WebSocket: the upgrade, and messages both ways',
    requests: [],
    messages: ['Is anyone there?', 'I am talking to myself, it seems.', 'Goodbye.'],
    ends: 101,
  },
  { origin: 'plain', shows: 'HTTP without TLS, in absolute form', requests: paths('/json'), ends: 200 },
  { origin: 'slow', shows: 'Time to first byte: the server, not the network', requests: paths('/json'), ends: 200 },
  {
    origin: 'client-cert-optional',
    shows: 'A server that asks for a client certificate and gets none',
    requests: paths('/whoami'),
    ends: 200,
  },
  {
    origin: 'client-cert-optional',
    shows: 'A client that has a certificate: it cannot pass through an interception',
    requests: paths('/whoami'),
    clientCertificate: true,
    ends: 200,
  },
  { origin: 'client-cert', shows: 'A server that insists on a certificate', requests: paths('/whoami'), ends: 'tls' },
  { origin: 'expired', shows: 'An expired certificate', requests: paths('/'), ends: 'tls' },
  { origin: 'not-yet-valid', shows: 'A certificate from the future', requests: paths('/'), ends: 'tls' },
  { origin: 'self-signed', shows: 'A self-signed certificate', requests: paths('/'), ends: 'tls' },
  { origin: 'wrong-host', shows: 'A certificate for another host', requests: paths('/'), ends: 'tls' },
  { origin: 'incomplete-chain', shows: 'A missing intermediate', requests: paths('/'), ends: 'tls' },
  { origin: 'alert', shows: 'No cipher suite in common', requests: paths('/'), ends: 'tls' },
  { origin: 'reset', shows: 'RST in place of a ServerHello', requests: paths('/'), ends: 'tls' },
  { origin: 'closes', shows: 'FIN in place of a ServerHello', requests: paths('/'), ends: 'tls' },
  { origin: 'not-tls', shows: 'HTTP on a port that should speak TLS', requests: paths('/'), ends: 'tls' },
  { origin: 'garbage', shows: 'Nonsense in place of a ServerHello', requests: paths('/'), ends: 'tls' },
]
