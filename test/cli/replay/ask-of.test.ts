import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askOf, type KeptRequests } from '../../../src/cli/replay/ask-of.ts'
import type { Connection } from '../../../src/model/connection.ts'
import type { Exchange } from '../../../src/model/exchange.ts'
import { newConnection } from '../../../src/model/fold-connection.ts'
import { helloMessage, inRecords } from '../../proxy/hello-bytes.ts'
import { makeExchange } from '../../view/recorded.ts'

const agreed = { version: 'TLSv1.3', cipherSuite: 'x', resumed: false }
const secure: Connection = {
  ...newConnection(17),
  ...{ entrance: 'connect', target: { host: '192.0.2.1', port: 8443 }, serverName: 'api.example.com' },
  client: { secureAt: 1, agreed },
  upstream: { secureAt: 1, agreed },
}
const { request } = makeExchange()

/** A capture of one exchange, whose bodies are these texts. */
function kept(exchange: Partial<Exchange> = {}, connection: Connection = secure, bodies: Record<string, string> = {}) {
  const source: KeptRequests = {
    exchange: () => makeExchange(exchange),
    connection: () => connection,
    body: (_, side, from, length) => Buffer.from(bodies[side] ?? '').subarray(from, from + length),
    legCapture: (_, leg) => ({
      ...{ keyLog: [], headers: { 'to-server': [], 'to-client': [] }, tlsStartsAt: { toServer: 0, toClient: 0 } },
      chunks: {
        'to-server': [{ at: 1, offset: 0, bytes: inRecords(helloMessage({ random: leg === 'client' ? 1 : 2 })) }],
        'to-client': [],
      },
    }),
  }
  return source
}

const asked = (...of: Parameters<typeof kept>) => {
  const made = askOf(kept(...of), 1203)
  return typeof made === 'string' ? assert.fail(made) : made
}

test('the head as it stands, for the same target and server name, with the hello of the client', () => {
  const { server, head, origin, serverName, hello, body } = asked()
  assert.deepEqual(server, { scheme: 'https', host: '192.0.2.1', port: 8443 })
  assert.deepEqual(head, request.head)
  assert.deepEqual([origin, serverName, body.length], [1203, 'api.example.com', 0])
  assert.deepEqual(Buffer.from(hello!), helloMessage({ random: 1 }))
})

test('of what Parley sent itself the hello is its own', () => {
  const { hello } = asked({}, { ...secure, entrance: 'replay', client: {} })
  assert.deepEqual(Buffer.from(hello!), helloMessage({ random: 2 }))
})

test('in clear the server is that of the request, and there is no hello', () => {
  const head = { ...request.head, scheme: 'http', authority: '[::1]:81' }
  const clear: Connection = {
    ...newConnection(17),
    entrance: 'absolute-form',
    target: { host: 'last.example', port: 80 },
  }
  const { server, hello, serverName } = asked({ request: { ...request, head } }, clear)
  assert.deepEqual(server, { scheme: 'http', host: '::1', port: 81 })
  assert.deepEqual([hello, serverName], [undefined, undefined])
})

test('a server that failed is asked again in TLS; one that spoke in clear behind a client in TLS, in clear', () => {
  const failed: Connection = { ...secure, upstream: { connectedAt: 1, bytes: { toServer: 1, toClient: 1 } } }
  assert.equal(asked({}, failed).server.scheme, 'https')
  assert.equal(asked({}, { ...secure, entrance: 'reverse', upstream: { connectedAt: 1 } }).server.scheme, 'http')
})

test('what Parley changed on the way is sent as the server got it', () => {
  const head = { ...request.head, path: '/changed', headers: [] }
  const server = { request: { ...request, head, bodyBytes: 3 }, informational: [] }
  const own = asked({ server }, secure, { 'server-request': 'own', request: 'not' })
  assert.deepEqual([own.head.path, String(own.body)], ['/changed', 'own'])
  const same = { ...server, request: { ...server.request, sameBody: true as const } }
  assert.equal(String(asked({ server: same }, secure, { request: 'yes' }).body), 'yes')
  const away = { ...server, request: { ...request, head: { ...head, authority: 'else.example', scheme: 'http' } } }
  assert.deepEqual(asked({ server: away }).server, { scheme: 'http', host: 'else.example', port: 80 })
})

test('what cannot be sent again says why', () => {
  const posted = { ...request, bodyBytes: 9 }
  const { endedAt: _, ...cut } = request
  for (const [exchange, connection, why] of [
    [{ request: posted }, secure, /^Of the body of flow 1203 3 of 9 bytes were kept/],
    [{ request: { ...request, head: { ...request.head, method: 'CONNECT' } } }, secure, /opened a tunnel/],
    [{ upgraded: 'websocket' }, secure, /went on as websocket/],
    [{}, { ...secure, treatment: 'own' }, /asked Parley itself/],
    [{ request: cut }, secure, /not whole/],
  ] as const)
    assert.match(String(askOf(kept(exchange, connection, { request: 'abc' }), 1203)), why)
  assert.match(String(askOf({ ...kept(), exchange: () => undefined }, 5)), /no request in flow 5/)
})
