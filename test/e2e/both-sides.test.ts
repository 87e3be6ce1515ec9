/** What the capture says of both sides, beside what the origin itself received and the client itself got. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect as connectHttp2, createSecureServer, type ServerHttp2Stream } from 'node:http2'
import { createServer as createHttps } from 'node:https'
import { connect } from 'node:net'
import { test } from 'node:test'
import type { Server as TlsServer } from 'node:tls'
import WebSocket, { WebSocketServer } from 'ws'
import { listen as listenOrigin } from '../../src/peers/origin.ts'
import { identityFor, secureTunnel } from '../proxy/running.ts'
import { readAll } from '../proxy/socket-pair.ts'
import { actsOf, bodyOf, type Drive, host, recorded, serverOf } from './support/acting-run.ts'

test('a request and its answer that were changed are told as the origin received and sent them', async t => {
  const received: { readonly headers: readonly string[]; readonly body: string }[] = []
  const server = createHttps(await identityFor(host), async (request, answer) => {
    let body = ''
    for await (const part of request) body += part
    received.push({ headers: request.rawHeaders, body })
    answer.setHeader('x-path', request.url ?? '').end(`got ${body}`)
  })
  const origin = await listenOrigin(server)
  t.after(origin.close)
  let got = ''
  const drive: Drive = async (ca, proxy) => {
    const socket = await secureTunnel(t, proxy, { host, port: origin.port, ca, alpn: ['http/1.1'] })
    const all = readAll(socket)
    const post = (path: string, more = ''): string =>
      `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5\r\n${more}\r\nhello`
    socket.write(post('/plain') + post('/change') + post('/mock') + post('/plain', 'Connection: close\r\n'))
    got = (await all).toString()
  }
  await recorded(t, drive, capture => {
    const paths = capture.flows({ limit: 9 }).map(({ path, status, acted }) => [path, status, acted])
    assert.deepEqual(paths, [
      ['/plain', 200, undefined],
      ['/change', 200, 'changed'],
      ['/mock', 418, 'answered'],
      ['/plain', 200, undefined],
    ])
    const { request, response } = serverOf(capture, 2)
    assert.deepEqual(request.head.headers.flat(), received[1]?.headers)
    assert.deepEqual([bodyOf(capture, 2, 'request'), bodyOf(capture, 2, 'server-request')], ['hello', 'HELLO'])
    assert.equal(received[1]?.body, 'HELLO')
    assert.deepEqual(
      [bodyOf(capture, 2, 'response'), bodyOf(capture, 2, 'server-response')],
      ['<got HELLO>', 'got HELLO'],
    )
    assert.match(got, /\r\n\r\n<got HELLO>/)
    assert.deepEqual([request.endedAt !== undefined, response?.endedAt !== undefined], [true, true])
    assert.deepEqual(capture.exchange(2)?.acts, [
      ...actsOf('changed the body', 'request'),
      ...actsOf('changed the answer', 'response'),
    ])
    assert.equal(capture.exchange(3)?.server, 'not-asked')
    assert.deepEqual(
      [received.length, capture.exchange(1)?.server, capture.exchange(4)?.server],
      [3, undefined, undefined],
    )
    assert.deepEqual(
      [1, 2, 3, 4].flatMap(id => capture.exchange(id)!.problems),
      [],
    )
  })
})

test('over http:// the server’s side is what it received, the form of the target included', async t => {
  const received: { readonly line: string; readonly headers: readonly string[]; readonly body: string }[] = []
  const server = createServer(async (request, answer) => {
    let body = ''
    for await (const part of request) body += part
    received.push({ line: `${request.method} ${request.url}`, headers: request.rawHeaders, body })
    answer.end(`got ${body}`)
  })
  const origin = await listenOrigin(server)
  t.after(origin.close)
  const drive: Drive = async (_ca, proxy) => {
    const socket = connect(proxy.port, '127.0.0.1')
    const all = readAll(socket)
    const post = (path: string): string =>
      `POST http://${host}:${origin.port}${path} HTTP/1.1\r\nHost: ${host}:${origin.port}\r\nProxy-Connection: keep-alive\r\nContent-Length: 5\r\n\r\nhello`
    socket.write(post('/change') + post('/mock') + post('/plain').replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))
    await all
  }
  await recorded(t, drive, capture => {
    const [changed, plain] = received
    const head = serverOf(capture, 1).request.head
    assert.deepEqual([`${head.method} ${head.target}`, head.headers.flat()], [changed?.line, changed?.headers])
    assert.deepEqual([changed?.body, bodyOf(capture, 1, 'server-request')], ['HELLO', 'HELLO'])
    assert.deepEqual(
      [bodyOf(capture, 1, 'server-response'), bodyOf(capture, 1, 'response')],
      ['got HELLO', '<got HELLO>'],
    )
    assert.deepEqual([capture.exchange(2)?.server, received.length], ['not-asked', 2])
    const passed = serverOf(capture, 3)
    assert.deepEqual(passed.request.head.headers.flat(), plain?.headers)
    assert.deepEqual([passed.request.sameBody, passed.response?.sameBody], [true, true])
    assert.deepEqual(
      capture.flows({ limit: 9 }).map(({ acted }) => acted),
      ['changed', 'answered', undefined],
    )
  })
})

test('streams of HTTP/2 that were changed, answered or passed are told each as its own', async t => {
  const received: { readonly path: string; readonly rule: string; readonly body: string }[] = []
  const server = createSecureServer(await identityFor(host))
  server.on('stream', async (stream: ServerHttp2Stream, headers) => {
    let body = ''
    for await (const part of stream) body += part
    received.push({ path: headers[':path']!, rule: String(headers['x-rule']), body })
    stream.respond({ ':status': 200 })
    stream.end(`got ${body}`)
  })
  const origin = await listenOrigin(server as unknown as TlsServer)
  t.after(origin.close)
  const got: string[] = []
  const drive: Drive = async (ca, proxy) => {
    const socket = await secureTunnel(t, proxy, { host, port: origin.port, ca, alpn: ['h2'] })
    const session = connectHttp2(`https://${host}`, { createConnection: () => socket })
    const ask = async (path: string): Promise<void> => {
      const stream = session.request({ ':path': path, ':method': 'POST' })
      stream.end('hello')
      let body = ''
      for await (const part of stream) body += part
      got.push(`${path} ${body}`)
    }
    await once(session, 'remoteSettings')
    await Promise.all(['/plain', '/change', '/mock', '/change', '/plain'].map(ask))
    session.close()
    await once(session, 'close')
  }
  await recorded(t, drive, capture => {
    assert.deepEqual(got.toSorted(), [
      '/change <got HELLO>',
      '/change <got HELLO>',
      '/mock tea',
      '/plain got hello',
      '/plain got hello',
    ])
    const flows = capture.flows({ limit: 9 })
    assert.deepEqual(
      flows.map(({ path, acted }) => [path, acted]),
      [
        ['/plain', undefined],
        ['/change', 'changed'],
        ['/mock', 'answered'],
        ['/change', 'changed'],
        ['/plain', undefined],
      ],
    )
    for (const id of [2, 4]) {
      const { request, response } = serverOf(capture, id)
      assert.equal(request.head.headers.find(([name]) => name === 'x-rule')?.[1], 'yes')
      assert.deepEqual([request.endedAt !== undefined, response?.endedAt !== undefined], [true, true])
      const bodies = (['request', 'server-request', 'server-response', 'response'] as const).map(of =>
        bodyOf(capture, id, of),
      )
      assert.deepEqual(bodies, ['hello', 'HELLO', 'got HELLO', '<got HELLO>'])
    }
    assert.deepEqual(received.map(({ path, rule, body }) => `${path} ${rule} ${body}`).toSorted(), [
      '/change yes HELLO',
      '/change yes HELLO',
      '/plain undefined hello',
      '/plain undefined hello',
    ])
    assert.deepEqual(
      [1, 2, 3, 4, 5].flatMap(id => capture.exchange(id)!.problems),
      [],
    )
  })
})

test('messages of a WebSocket that were changed or dropped are told as each side has them', async t => {
  const server = createHttps(await identityFor(host))
  const heard: string[] = []
  new WebSocketServer({ server, perMessageDeflate: { threshold: 0 } }).on('connection', socket => {
    socket.on('message', data => {
      heard.push(String(data))
      socket.send(`secret ${data}`)
      socket.send(`the cat heard ${data}`)
    })
  })
  const origin = await listenOrigin(server)
  t.after(origin.close)
  const got: string[] = []
  const drive: Drive = async (ca, proxy) => {
    const tunnel = await secureTunnel(t, proxy, { host, port: origin.port, ca, alpn: ['http/1.1'] })
    const socket = new WebSocket(`wss://${host}/chat`, { createConnection: () => tunnel })
    await new Promise((resolve, reject) => {
      socket.on('error', reject)
      socket.on('open', () => {
        for (const text of ['a cat', 'a secret', 'a bird']) socket.send(text)
      })
      socket.on('message', data => {
        got.push(String(data))
        if (got.length === 2) socket.close()
      })
      socket.on('close', resolve)
    })
  }
  await recorded(t, drive, capture => {
    assert.deepEqual(heard, ['a dog', 'a bird'])
    assert.deepEqual(got, ['the dog heard a dog', 'the dog heard a bird'])
    const changes = capture
      .streamMessages(1, { limit: 99 })
      .filter(({ acted }) => acted)
      .map(({ direction, acted }) => [
        direction,
        acted!.how,
        acted!.server && Buffer.from(acted!.server.bytes).toString(),
      ])
      .toSorted()
    assert.deepEqual(changes, [
      ['to-client', 'changed', 'the cat heard a bird'],
      ['to-client', 'changed', 'the cat heard a dog'],
      ['to-client', 'dropped', undefined],
      ['to-client', 'dropped', undefined],
      ['to-server', 'changed', 'a dog'],
      ['to-server', 'dropped', undefined],
    ])
    const acts = ['replaced cat', 'dropped it'].flatMap(did => actsOf(did))
    assert.deepEqual(capture.exchange(1)?.acts, acts)
  })
})
