import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import http2, { type ServerHttp2Stream } from 'node:http2'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { Header, RequestHead } from '../../../src/model/exchange.ts'
import { listen as listenOrigin } from '../../../src/peers/origin.ts'
import type { OwnAnswer, OwnRequest } from '../../../src/proxy/own/own-request.ts'
import { identityFor, rawOrigin, startProxy } from '../running.ts'

const host = 'own.localhost'
const none = new Uint8Array(0)

const head = (version: string, headers: readonly Header[], method = 'GET'): RequestHead => ({
  ...{ method, target: '/p?q', scheme: 'https', authority: host, path: '/p?q', version, headers },
})

const asked = (port: number, also: Partial<OwnRequest> = {}): OwnRequest => ({
  server: { scheme: 'https', host, port },
  head: head('HTTP/1.1', [
    ['hOSt', host],
    ['X-b', '1'],
    ['x-B', '2'],
  ]),
  body: none,
  entrance: 'replay',
  origin: 7,
  ...also,
})

async function bodyOf({ body }: Pick<OwnAnswer, 'body'>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  return Buffer.concat(parts).toString('latin1')
}

test('HTTP/1.1 goes out byte for byte, over TLS and in clear, and is recorded as what Parley asked', async t => {
  for (const secure of [true, false]) {
    const origin = await rawOrigin(t, {
      ...(secure && { tls: await identityFor(host) }),
      answer: (_, socket) =>
        void socket.end(
          'HTTP/1.1 103 Early\r\na: b\r\n\r\nHTTP/1.1 200 Fine\r\nX: y\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nt: 1\r\n\r\n',
        ),
    })
    const { proxy, tape } = await startProxy(t)
    const server = { scheme: secure ? 'https' : 'http', host, port: origin.port } as const
    const answer = await proxy.send(asked(origin.port, { server }))
    assert.equal(await bodyOf(answer), 'abc')
    assert.deepEqual([answer.head.status, answer.head.reason, answer.informational.length], [200, 'Fine', 1])
    assert.deepEqual(answer.trailers?.(), [['t', '1']])
    const sent = 'GET /p?q HTTP/1.1\r\nhOSt: own.localhost\r\nX-b: 1\r\nx-B: 2\r\n\r\n'
    assert.equal(origin.received().toString('latin1'), sent)
    await tape.closed()
    assert.equal(tape.contentText('client', 'to-server', answer.connection), sent)
    assert.match(tape.contentText('client', 'to-client', answer.connection), /^HTTP\/1.1 103 .*t: 1\r\n\r\n$/s)
    const [targeted] = tape.told('targeted', answer.connection)
    assert.deepEqual([targeted!.entrance, targeted!.origin], ['replay', 7])
    assert.deepEqual(tape.codes(), [])
    assert.deepEqual(
      tape.acts.map(({ exchange, event }) => [exchange, event.type]),
      [[1, 'acted']],
    )
  }
})

test('HTTP/2 keeps the order of the fields, with body and trailers both ways', async t => {
  const seen: { headers?: string[]; body?: string; trailers?: unknown } = {}
  const secured = http2.createSecureServer(await identityFor(host))
  secured.on('stream', (stream: ServerHttp2Stream, _headers, _flags, raw: string[]) => {
    seen.headers = raw
    stream.on('trailers', trailers => {
      seen.trailers = trailers.checksum
    })
    stream.setEncoding('utf8').on('data', part => {
      seen.body = (seen.body ?? '') + part
    })
    stream.once('end', () => {
      stream.respond({ ':status': 201, b: '2', a: '1' }, { waitForTrailers: true })
      stream.once('wantTrailers', () => stream.sendTrailers({ late: 'yes' }))
      stream.end('made')
    })
  })
  const origin = await listenOrigin(secured)
  t.after(origin.close)
  const { proxy, tape } = await startProxy(t)
  const headers: Header[] = [
    [':method', 'PUT'],
    [':path', '/p?q'],
    [':authority', host],
    [':scheme', 'https'],
    ['z', '1'],
    ['a', '2'],
    ['z', '3'],
  ]
  const answer = await proxy.send(
    asked(origin.port, {
      head: head('HTTP/2', headers, 'PUT'),
      body: Buffer.from('in'),
      trailers: [['checksum', 'c']],
    }),
  )
  assert.equal(await bodyOf(answer), 'made')
  assert.deepEqual(answer.trailers?.(), [['late', 'yes']])
  assert.deepEqual([answer.head.status, answer.head.version], [201, 'HTTP/2'])
  assert.deepEqual(seen.headers?.slice(0, 14), headers.flat())
  assert.deepEqual([seen.body, seen.trailers], ['in', 'c'])
  await tape.closed()
  assert.match(tape.contentText('client', 'to-server', answer.connection), /^PRI \* HTTP\/2\.0/)
})

test('a loop back to Parley, a server that is not there, a head that cannot be written: each has its problem', async t => {
  const { proxy, tape } = await startProxy(t)
  const send = (port: number, headers: readonly Header[] = []): Promise<OwnAnswer> =>
    proxy.send(asked(port, { server: { scheme: 'http', host: '127.0.0.1', port }, head: head('HTTP/1.1', headers) }))
  await assert.rejects(send(proxy.port), /loop/)
  await assert.rejects(send(1), /refused/)
  await assert.rejects(send(1, [['a', 'b\nc']]), /field 1, a: its value has LF/)
  assert.deepEqual(tape.codes(), ['proxy/loop', 'tcp/refused'])
  assert.equal(tape.told('closed').length, 2)
})

test('calling off, and the end of the proxy, end what waits', async t => {
  const server = createServer(() => {})
  const origin = await listenOrigin(server)
  t.after(origin.close)
  const { proxy, tape } = await startProxy(t)
  const stopping = new AbortController()
  const place = { server: { scheme: 'http', host, port: origin.port } as const }
  const first = proxy.send(asked(origin.port, { ...place, signal: stopping.signal }))
  setTimeout(() => stopping.abort(), 50)
  await assert.rejects(first, /called off/)
  const second = proxy.send(asked(origin.port, place))
  const refused = assert.rejects(second, /called off/)
  await turn()
  await proxy.close()
  await refused
  assert.equal(tape.told('closed').length, tape.told('opened').length)
})
