import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import tls from 'node:tls'
import { hostAndPort } from '../../src/model/host-and-port.ts'
import { echoWebSocket } from '../../src/peers/websocket-echo.ts'
import type { Listener } from '../../src/proxy/listener.ts'
import { identityFor, rawOrigin, startProxy, toProxy } from './running.ts'
import { readAll } from './socket-pair.ts'

/** What the proxy answers to a request until it closes. */
async function say(t: TestContext, proxy: Listener, request: string): Promise<string> {
  const client = await toProxy(t, proxy, false)
  const answer = readAll(client)
  client.write(request)
  return String(await answer)
}

/** A server that answers with what it was asked for, and tells of the first upgrade. */
async function listeningOn(t: TestContext, host: string) {
  const upgraded = Promise.withResolvers<IncomingMessage>()
  const server = createServer((request, response) =>
    response.end(`${request.method} ${request.url} ${request.headers.host}`),
  )
  server.on('upgrade', (request, socket, head) => {
    upgraded.resolve(request)
    echoWebSocket(request, socket, head)
  })
  server.listen(0, host)
  await once(server, 'listening')
  t.after(() => server.close().closeAllConnections())
  return { port: (server.address() as AddressInfo).port, upgraded: upgraded.promise }
}

const upgrade =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n'

for (const [url, path] of [
  ['http://[::1]:PORT/a', '/a'],
  ['http://localhost:PORT?x=1', '/?x=1'],
  ['http://localhost:PORT', '/'],
  ['http://user:secret@localhost:PORT/a', '/a'],
  ['HTTP://LocalHost:PORT/a', '/a'],
] as const) {
  test(`a plain request for ${url} reaches its server`, async t => {
    const origin = await listeningOn(t, url.includes('::1') ? '::1' : '127.0.0.1')
    const { proxy, tape } = await startProxy(t)
    const whole = url.replace('PORT', String(origin.port))
    const answer = await say(t, proxy, `GET ${whole} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`)
    const { host } = new URL(whole) // the target's, whatever Host says (RFC 9112 3.2.2)
    assert.ok(answer.endsWith(`\r\n\r\nGET ${path} ${host}`), answer)
    await tape.closed()
    assert.deepEqual(tape.codes(), [])
    assert.deepEqual(
      tape.told('targeted').map(told => hostAndPort(told.target)),
      [host],
    )
  })

  test(`a WebSocket for ${url} reaches its server`, async t => {
    const origin = await listeningOn(t, url.includes('::1') ? '::1' : '127.0.0.1')
    const { proxy, tape } = await startProxy(t)
    const whole = url.replace('PORT', String(origin.port))
    const client = await toProxy(t, proxy)
    client.write(`GET ${whole} HTTP/1.1\r\nHost: h\r\n${upgrade}\r\n`)
    const { url: asked, headers } = await origin.upgraded
    assert.deepEqual([asked, headers.host, headers.authorization], [path, 'h', undefined])
    client.destroy()
    await tape.closed()
    assert.deepEqual(
      tape.told('targeted').map(told => hostAndPort(told.target)),
      [new URL(whole).host],
    )
  })
}

test('a request for a path goes to the server of its Host field', async t => {
  const origin = await listeningOn(t, '::1')
  const { proxy } = await startProxy(t)
  const answer = await say(t, proxy, `GET /a HTTP/1.1\r\nHost: [::1]:${origin.port}\r\nConnection: close\r\n\r\n`)
  assert.ok(answer.endsWith(`GET /a [::1]:${origin.port}`), answer)
})

for (const [what, head] of [
  ['a request', ''],
  ['a WebSocket', upgrade],
] as const)
  test(`${what} that names no server is the client's fault`, async t => {
    for (const [target, host] of [
      ['http://a.example:99999/', 'Host: a\r\n'],
      ['/', 'Host: [::1\r\n'],
    ] as const) {
      const { proxy, tape } = await startProxy(t)
      const answer = await say(t, proxy, `GET ${target} HTTP/1.1\r\n${host}${head || 'Connection: close\r\n'}\r\n`)
      assert.match(answer, /^HTTP\/1\.1 400 /)
      await tape.closed()
      assert.deepEqual(
        tape.problems().map(({ code, blame }) => [code, blame]),
        [['proxy/bad-request', 'client']],
      )
    }
  })

for (const method of ['COPY', 'CHECKOUT'])
  test(`${method} is plain HTTP, however its first bytes come`, async t => {
    for (const cut of [1, method.length, 40]) {
      const { proxy, tape } = await startProxy(t)
      const client = await toProxy(t, proxy, false)
      const answer = readAll(client)
      const request = `${method} http://127.0.0.1:1/a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`
      client.write(request.slice(0, cut))
      await wait(5) // so that the bytes come apart; where they do not, the test is only easier
      client.write(request.slice(cut))
      await answer
      await tape.closed()
      assert.equal(tape.plainText('client', 'to-server'), request)
      assert.deepEqual(tape.wires, [])
    }
  })

test('the head of a CONNECT is no plain HTTP, however its first bytes come', async t => {
  for (const cut of [1, 7, 8, 20]) {
    const { proxy, tape } = await startProxy(t)
    const client = await toProxy(t, proxy, false)
    const answer = readAll(client)
    const request = `CONNECT 127.0.0.1:${proxy.port} HTTP/1.1\r\n\r\n`
    client.write(request.slice(0, cut))
    await wait(5)
    client.write(request.slice(cut))
    await answer
    await tape.closed()
    assert.equal(tape.plains.length, 0)
    assert.ok(
      Buffer.concat(tape.wires.map(({ bytes }) => bytes))
        .toString()
        .startsWith(request),
    )
  }
})

test('a tunnel on a connection that served plain HTTP before ends what that had open, and its head is not plain', async t => {
  const origin = await listeningOn(t, '127.0.0.1')
  const inner = await rawOrigin(t, {
    tls: await identityFor('origin.localhost'),
    answer: (_, socket) => void socket.end('HTTP/1.1 204 No Content\r\n\r\n'),
  })
  const { proxy, tape, ca } = await startProxy(t)
  const client = await toProxy(t, proxy)
  const outer = `GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: h\r\n\r\n`
  for (let i = 0; i < 2; i++) {
    client.write(outer)
    await once(client, 'data')
  }
  client.write(`CONNECT origin.localhost:${inner.port} HTTP/1.1\r\n\r\n`)
  assert.match(String(await once(client, 'data')), /^HTTP\/1\.1 200 /)
  const secured = tls.connect({ socket: client, servername: 'origin.localhost', ca })
  const asked = 'GET /inner HTTP/1.1\r\nHost: i\r\n\r\n'
  secured.write(asked)
  assert.match(String(await once(secured, 'data')), /^HTTP\/1\.1 204 /)
  secured.destroy()
  client.destroy()
  await tape.closed()
  assert.equal(tape.plainText('client', 'to-server'), `${outer}${outer}${asked}`)
  const upstream = tape.events.flatMap(({ event: { type, ...more } }) =>
    'leg' in more && type === 'leg-closed' ? `${more.leg} ${type}` : type === 'looked-up' ? type : [],
  )
  assert.deepEqual(upstream, [
    'looked-up',
    'upstream leg-closed',
    'looked-up',
    'client leg-closed',
    'upstream leg-closed',
  ])
  assert.deepEqual(tape.codes(), [])
})

test('a request for an https URL is refused, and nothing of it is sent in clear', async t => {
  const origin = await listeningOn(t, '127.0.0.1')
  const { proxy, tape } = await startProxy(t)
  const head = `GET https://localhost:${origin.port}/ HTTP/1.1\r\nHost: localhost:${origin.port}\r\n`
  const answer = await say(t, proxy, `${head}Authorization: Bearer x\r\nConnection: close\r\n\r\n`)
  assert.match(answer, /^HTTP\/1\.1 400 [\s\S]*https URL in clear/)
  await tape.closed()
  assert.deepEqual([tape.codes(), tape.told('dialled')], [['proxy/bad-request'], []])
})

test('an offer of another protocol than WebSocket is passed over', async t => {
  const origin = await listeningOn(t, '127.0.0.1')
  const { proxy } = await startProxy(t)
  const head = `GET http://127.0.0.1:${origin.port}/a HTTP/1.1\r\nHost: 127.0.0.1:${origin.port}\r\n`
  const offer = 'Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAA\r\n\r\n'
  assert.match(await say(t, proxy, `${head}${offer}`), /^HTTP\/1\.1 200 [\s\S]*GET \/a 127/)
})

test('what comes before and behind a response is passed on: 103 and trailers', async t => {
  const answer =
    'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\nTrailer: X-Sum\r\n' +
    'Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Sum: abc\r\n\r\n'
  const origin = await rawOrigin(t, { answer: (_, socket) => void socket.end(answer) })
  const { proxy } = await startProxy(t)
  const asked = `GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: 127.0.0.1:${origin.port}\r\n\r\n`
  assert.equal(await say(t, proxy, asked), answer)
})
