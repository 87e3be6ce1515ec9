import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  httpAttributes,
  methodOf,
  networkAttributes,
  problemOfFlow,
  tlsAttributes,
} from '../../src/telemetry/attributes.ts'
import { connection, exchange } from './flows.ts'

test('a request has the names of the conventions for its leg, and no secrets', () => {
  const client = httpAttributes(exchange(), 'client')
  assert.deepEqual(client, {
    'http.request.method': 'GET',
    'url.scheme': 'https',
    'url.path': '/a',
    'url.query': 'token=REDACTED',
    'http.response.status_code': 200,
    'network.protocol.name': 'http',
    'network.protocol.version': '2',
    'user_agent.original': 'curl/8',
    'http.request.body.size': 5,
    'http.response.body.size': 50,
  })
  const upstream = httpAttributes(exchange({}, { authority: 'me:pw@api.example.com' }), 'upstream')
  assert.equal(upstream['url.full'], 'https://api.example.com/a?token=REDACTED')
  assert.ok(!('url.path' in upstream))
})

test('a method that nobody knows is _OTHER, and told beside it', () => {
  const told = httpAttributes(exchange({}, { method: 'BREW' }), 'client')
  assert.deepEqual([told['http.request.method'], told['http.request.method_original']], ['_OTHER', 'BREW'])
  assert.equal(methodOf('get'), '_OTHER')
})

test('each leg has its ends', () => {
  const client = networkAttributes(connection(), 'client')
  assert.deepEqual(
    [client['client.address'], client['network.peer.port'], client['network.type']],
    ['127.0.0.1', 5000, 'ipv4'],
  )
  const upstream = networkAttributes(connection(), 'upstream')
  assert.deepEqual(
    [upstream['server.address'], upstream['server.port'], upstream['network.type']],
    ['api.example.com', 443, 'ipv6'],
  )
  assert.ok(!('client.address' in upstream))
})

test('what TLS agreed is told', () => {
  assert.deepEqual(tlsAttributes(connection().client, 'a'), {
    'tls.established': true,
    'tls.client.server_name': 'a',
    'tls.protocol.name': 'tls',
    'tls.protocol.version': '1.3',
    'tls.cipher': 'TLS_AES_128_GCM_SHA256',
    'tls.next_protocol': 'h2',
    'tls.resumed': false,
  })
  assert.deepEqual(tlsAttributes({}, undefined), { 'tls.established': false, 'tls.client.server_name': undefined })
})

test('a client that has no use for the rest is no failure; what broke off is one', () => {
  const aborted = { at: 1, by: 'client', why: 'it left' } as const
  assert.equal(problemOfFlow(exchange({ aborted: { ...aborted, how: 'cancelled' } }), connection()), undefined)
  assert.equal(problemOfFlow(exchange({ aborted }), connection())?.message, 'it left')
  assert.equal(problemOfFlow(undefined, connection()), undefined)
})
