import assert from 'node:assert/strict'
import events from 'node:events'
import { connect as connectHttp2, createServer as createHttp2, type IncomingHttpHeaders as Head } from 'node:http2'
import { createServer as createTcp } from 'node:net'
import { test } from 'node:test'
import tls from 'node:tls'
import { listen as listenOrigin } from '../../../src/peers/origin.ts'
import type { RequestClaim } from '../../../src/rules/claims.ts'
import { inTime } from '../../in-time.ts'
import { acts, everySecond, host, ruled } from '../ruled.ts'
import { identityFor, openTunnel, rawOrigin, startProxy, toProxy } from '../running.ts'
import { once, readAll } from '../socket-pair.ts'

const listen = { host: '127.0.0.1', port: 0 }
const ask = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`
const hello = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'

test('rules act on HTTP in clear inside a tunnel, and the rest of it stays as it is', async t => {
  let asked = 0
  const origin = await rawOrigin(t, {
    answer: (received, socket) => {
      const whole = String(received).split('\r\n\r\n').length - 1
      for (; asked < whole; asked++) socket.write(hello)
    },
  })
  const { proxy, tape } = await startProxy(t, {}, [], {}, ruled(everySecond))
  const client = await openTunnel(t, proxy, `127.0.0.1:${origin.port}`)
  let heard = ''
  client.write(ask('/1', 'oDD:  yes \r\n'))
  while (!heard.endsWith('hello')) heard += await inTime('an answer', once(client, 'data'))
  client.write(ask('/2'))
  while (!heard.endsWith('hello!')) heard += await inTime('an answer', once(client, 'data'))
  client.end()
  await tape.closed()
  assert.equal(heard, `${hello}${hello.replace('5', '6')}!`)
  assert.equal(String(origin.received()), `${ask('/1', 'oDD:  yes \r\n')}${ask('/2', 'X-Parley: 2\r\n')}`)
  assert.equal(tape.told('treated').at(-1)?.treatment, 'rewrite')
  assert.equal(tape.contentText('client', 'to-server'), `${ask('/1', 'oDD:  yes \r\n')}${ask('/2')}`)
})

test('odd and large messages arrive as the very bytes where nobody claims them, and both ends hear of the end', async t => {
  const asked = `POST / HTTP/1.0\r\nx:1\r\n two\r\nContent-Length: 3000000\r\n\r\n${'q'.repeat(3_000_000)}`
  const answer = `HTTP/1.0 200\r\nsET: a\r\n\r\n${'x'.repeat(3_000_000)}`
  const origin = await rawOrigin(t, {
    answer: (received, socket) => {
      if (received.length === asked.length) socket.end(answer)
    },
  })
  const { proxy, tape } = await startProxy(t, {}, [], {}, ruled({}))
  const client = await openTunnel(t, proxy, `127.0.0.1:${origin.port}`)
  const heard = readAll(client)
  client.write(asked)
  assert.ok(String(await inTime('the answer', heard)) === answer)
  assert.ok(String(origin.received()) === asked)
  client.end()
  await tape.closed()
  assert.deepEqual(tape.codes(), [])
})

const adding: RequestClaim = {
  most: 0,
  act: ({ head }) => ({ type: 'change', acts, head: { ...head, headers: [...head.headers, ['x-parley', 'yes']] } }),
}

const mock = ruled({
  request: (_, head) => {
    if (head.path !== '/mock') return undefined
    return {
      most: 0,
      act: () => ({ type: 'answer', acts, answer: { status: 200, headers: [], body: Buffer.from(head.scheme) } }),
    }
  },
})

test('where the server of such a tunnel cannot be had, rules answer, and everybody else hears why', async t => {
  const { proxy, tape } = await startProxy(t, {}, [], {}, mock)
  const client = await openTunnel(t, proxy, '127.0.0.1:1')
  let heard = ''
  client.write(ask('/mock'))
  while (!heard.endsWith('http')) heard += await inTime('the mock', once(client, 'data'))
  client.write(ask('/other'))
  while (!heard.includes('tcp/refused')) heard += await inTime('the page', once(client, 'data'))
  assert.match(heard, /^HTTP\/1\.1 200 OK[\s\S]*HTTP\/1\.1 502/)
  client.destroy()
  await tape.closed()
  assert.deepEqual(tape.codes(), ['tcp/refused'])
})

test('where no server is asked, rules answer in HTTP/2 too, and what they leave is not recorded', async t => {
  const { proxy, tape } = await startProxy(t, { offline: true }, [], {}, mock)
  const client = await openTunnel(t, proxy, 'a.example:80')
  const session = connectHttp2('http://a.example', { createConnection: () => client })
  const status = async (path: string) => {
    const [head] = (await inTime('an answer', events.once(session.request({ ':path': path }), 'response'))) as [Head]
    return head[':status']
  }
  assert.deepEqual([await status('/mock'), await status('/other')], [200, 502])
  session.destroy()
  await tape.closed()
  assert.deepEqual(tape.codes(), [])
})

test('a protocol that is not HTTP goes through such a tunnel unread', async t => {
  const origin = await rawOrigin(t, { answer: (received, socket) => void socket.end(`got ${received}`) })
  const { proxy, tape } = await startProxy(t, {}, [], {}, ruled(everySecond))
  const client = await openTunnel(t, proxy, `127.0.0.1:${origin.port}`)
  const heard = readAll(client)
  client.write('HELO there\r\n')
  assert.equal(String(await heard), 'got HELO there\r\n')
  client.end()
  await tape.closed()
  assert.equal(tape.told('treated').at(-1)?.treatment, 'pass-through')
})

test('rules act where only one leg speaks TLS', async t => {
  for (const secure of [true, false]) {
    const origin = await rawOrigin(t, {
      ...(secure ? { tls: { ...(await identityFor(host)), ALPNProtocols: ['http/1.1'] } } : {}),
      answer: (_, socket) => void socket.write(hello),
    })
    const server = { target: { host, port: origin.port }, secure }
    const { proxy, tape, ca } = await startProxy(t, { reverse: [{ listen, server }] }, [], {}, mock)
    const raw = await toProxy(t, { ...proxy, port: proxy.reverse[0]!.port })
    const client = secure ? raw : tls.connect({ socket: raw, ca, host: '127.0.0.1', ALPNProtocols: ['http/1.1'] })
    let heard = ''
    client.write(ask('/mock'))
    while (!heard.endsWith(secure ? 'https' : 'http')) heard += await inTime('the mock', once(client, 'data'))
    client.write(ask('/other'))
    while (!heard.endsWith('hello')) heard += await inTime('the answer', once(client, 'data'))
    assert.equal(String(origin.received()), ask('/other'))
    client.end()
    await tape.closed()
    assert.deepEqual(tape.codes(), [])
  }
})

test('HTTP/2 in clear is known though its server spoke first, as it may', async t => {
  const server = createHttp2((request, response) => response.end(`${request.headers['x-parley']}`))
  const { port, close } = await listenOrigin(server as never)
  t.after(close)
  const { proxy, tape } = await startProxy(t, {}, [], {}, ruled({ request: () => adding }))
  const socket = await openTunnel(t, proxy, `127.0.0.1:${port}`)
  await new Promise(resolve => setTimeout(resolve, 100))
  const session = connectHttp2('http://x', { createConnection: () => socket })
  t.after(() => session.destroy())
  const asked = session.request({ ':path': '/' })
  assert.equal(String(await inTime('the answer', readAll(asked))), 'yes')
  assert.equal(tape.told('treated').at(-1)?.treatment, 'rewrite')
})

test('any other protocol whose server speaks first goes through unread', async t => {
  const server = createTcp(socket => void socket.end('220 ready\r\n'))
  const { port, close } = await listenOrigin(server as never)
  t.after(close)
  const { proxy, tape } = await startProxy(t, {}, [], {}, ruled({ request: () => adding }))
  const socket = await openTunnel(t, proxy, `127.0.0.1:${port}`)
  assert.equal(String(await readAll(socket)), '220 ready\r\n')
  socket.end()
  await tape.closed()
  assert.equal(tape.told('treated').at(-1)?.treatment, 'pass-through')
})
