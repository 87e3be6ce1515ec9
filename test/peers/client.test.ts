import assert from 'node:assert/strict'
import { createServer } from 'node:https'
import { after, test } from 'node:test'
import { type ConnectOptions, fetchThrough, visitThrough } from '../../src/peers/client.ts'
import { listen } from '../../src/peers/origin.ts'
import { type OriginName, startOrigins } from '../../src/peers/origins.ts'
import { usersJson } from '../../src/peers/pages.ts'
import { startRelay } from './connect-relay.ts'

const origins = await startOrigins({ slowMs: 60_000 })
const relay = await startRelay()
after(async () => {
  await relay.close()
  await origins.close()
})
const urlOf = (name: OriginName, path = '/json') => new URL(path, origins.named(name).url)
const direct: ConnectOptions = { addresses: origins.addresses, ca: origins.caPem }
const relayed: ConnectOptions = { proxy: relay.proxy, ca: origins.caPem }

test('the same page arrives directly and through CONNECT, over both protocols', async () => {
  for (const way of [direct, relayed]) {
    for (const alpn of [['h2'], ['http/1.1']]) {
      const result = await fetchThrough({ ...way, alpn, url: urlOf('tls13') })
      assert.equal(result.error, undefined)
      assert.equal(result.protocol, alpn[0])
      assert.equal(result.tls?.alpn, alpn[0])
      assert.equal(result.body.toString(), usersJson)
      assert.equal(result.connectStatus, way.proxy ? 200 : undefined)
    }
  }
  assert.equal(relay.asked.at(-1), new URL(origins.named('tls13').url).host)
})

test('times do not run backwards', async () => {
  const { timings } = await fetchThrough({ ...relayed, url: urlOf('tls13') })
  const { startedAt, connectedAt, tunnelledAt, securedAt, headAt, endedAt } = timings
  const order = [startedAt, connectedAt, tunnelledAt, securedAt, headAt, endedAt].map(Number)
  assert.deepEqual(
    order.toSorted((a, b) => a - b),
    order,
  )
})

test('no ALPN at all means HTTP/1.1', async () => {
  const { tls, protocol } = await fetchThrough({ ...direct, alpn: [], url: urlOf('tls13') })
  assert.equal(tls?.alpn, undefined)
  assert.equal(protocol, 'http/1.1')
})

test('the TLS choices reach the wire', async () => {
  const tls = { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' } as const
  const result = await fetchThrough({ ...direct, tls, url: urlOf('self-signed'), insecure: true })
  assert.equal(result.tls?.version, 'TLSv1.2')
  assert.equal(result.tls?.cipherSuite, 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384')
})

test('where TLS 1.0 is let in it is spoken, and only there', async t => {
  const host = 'old.localhost'
  const identity = origins.authority.issue({ host, keyType: 'rsa' })
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const
  const server = await listen(createServer({ ...identity, ...old }, (_, response) => response.end('old')))
  t.after(server.close)
  const url = new URL(`https://${host}:${server.port}`)
  const way = { ca: origins.caPem, addresses: new Map([[host, '127.0.0.1']]), url }
  const result = await fetchThrough({ ...way, tls: { minVersion: 'TLSv1' } })
  assert.deepEqual([result.tls?.version, result.status], ['TLSv1', 200])
  assert.equal((await fetchThrough(way)).error?.stage, 'tls')
})

test('insecure goes on with a certificate that is refused otherwise', async () => {
  const url = urlOf('self-signed')
  assert.equal((await fetchThrough({ ...direct, url })).error?.code, 'DEPTH_ZERO_SELF_SIGNED_CERT')
  const result = await fetchThrough({ ...direct, url, insecure: true })
  assert.equal(result.status, 200)
  assert.equal(result.tls?.authorizationError, 'DEPTH_ZERO_SELF_SIGNED_CERT')
})

test('a plain request through a proxy is in absolute form', async () => {
  const { body, connectStatus } = await fetchThrough({ ...relayed, url: urlOf('plain', '/json?a=1') })
  assert.equal(body.toString(), `absolute: ${urlOf('plain', '/json?a=1').href}`)
  assert.equal(connectStatus, undefined)
})

test('calling it off ends a request that waits, and leaves no socket open', { timeout: 5000 }, async () => {
  for (const alpn of [['h2'], ['http/1.1']]) {
    const controller = new AbortController()
    const waiting = fetchThrough({ ...relayed, alpn, url: urlOf('slow'), signal: controller.signal })
    setTimeout(() => controller.abort(), 50)
    assert.equal((await waiting).error?.code, 'ABORTED')
  }
  await relay.idle() // never, if a socket were left
})

test('a signal that was aborted before sends nothing', async () => {
  const asked = relay.asked.length
  const { error } = await fetchThrough({ ...relayed, url: urlOf('tls13'), signal: AbortSignal.abort() })
  assert.equal(error?.code, 'ABORTED')
  assert.equal(relay.asked.length, asked)
})

test('a visit that cannot connect answers each request with the error', async () => {
  const results = await visitThrough({ ...direct, url: urlOf('reset'), requests: [{}, { path: '/two' }] })
  assert.deepEqual(
    results.map(({ url, error }) => [new URL(url).pathname, error?.stage]),
    [
      ['/json', 'tls'],
      ['/two', 'tls'],
    ],
  )
})
