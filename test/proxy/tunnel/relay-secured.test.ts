import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import { type TestContext, test } from 'node:test'
import type { TLSSocket } from 'node:tls'
import { listen as listenOrigin } from '../../../src/peers/origin.ts'
import type { Claims } from '../../../src/rules/claims.ts'
import type { Rulings } from '../../../src/rules/rulings.ts'
import { identityFor, rawOrigin, secureTunnel, startProxy } from '../running.ts'
import { readAll } from '../socket-pair.ts'

const host = 'origin.localhost'
const none = () => undefined
const ruled = (claims: Partial<Claims>): Rulings => ({
  connection: none,
  claims: () => ({ request: none, response: none, webSocket: none, ...claims }),
})
const acts = [{ by: 'a rule', did: 'something' }]

/** A rule that adds a field to the heads of every second exchange. */
const everySecond: Partial<Claims> = {
  request: exchange =>
    exchange % 2
      ? undefined
      : {
          most: 0,
          act: ({ head }) => ({
            type: 'change',
            acts,
            head: { ...head, headers: [...head.headers, ['X-Parley', `${exchange}`]] },
          }),
        },
  response: exchange =>
    exchange % 2
      ? undefined
      : {
          most: 1000,
          act: async ({ body }) => ({ type: 'change', acts, body: Buffer.from(`${Buffer.from(body!)}!`) }),
        },
}

async function nodeOrigin(t: TestContext, serve: http.RequestListener) {
  const server = https.createServer({ ...(await identityFor(host)), ALPNProtocols: ['http/1.1'] }, serve)
  server.keepAliveTimeout = 60_000
  server.maxRequestsPerSocket = 0
  const { port, close } = await listenOrigin(server)
  t.after(close)
  return port
}

const odd =
  'pOSt /a//b?x HTTP/1.1\r\nhOST: origin.localhost\r\nX:1\r\n two\r\nTransfer-Encoding: chunked\r\n\r\n1;e\r\na\r\n0\r\nT: 1\r\n\r\n'
const oddAnswer = 'HTTP/1.1 200 \r\nsET: a\r\ntransfer-encoding:  chunked\r\n\r\n2\r\nhi\r\n0\r\nX: 1\r\n\r\n'

test('with rules that claim nothing, odd traffic arrives at both ends as the very bytes', async t => {
  const origin = await rawOrigin(t, {
    tls: { ...(await identityFor(host)), ALPNProtocols: ['http/1.1'] },
    answer: (received, socket) => {
      if (received.length === odd.length) socket.end(Buffer.from(oddAnswer, 'latin1'))
    },
  })
  const { proxy, tape, ca } = await startProxy(t, {}, [], {}, ruled({}))
  const client = await secureTunnel(t, proxy, { host, port: origin.port, ca, alpn: ['http/1.1'] })
  const response = readAll(client)
  for (let at = 0; at < odd.length; at += 7) client.write(odd.slice(at, at + 7))
  assert.equal(String(await response), oddAnswer)
  assert.equal(String(origin.received()), odd)
  client.end()
  await tape.closed()
  assert.equal(tape.contentText('client', 'to-server'), odd)
  assert.equal(tape.contentText('client', 'to-client'), oddAnswer)
  assert.equal(tape.told('treated').at(-1)?.treatment, 'rewrite')
})

test('10,000 requests of which every second one is changed are all answered, in order', {
  timeout: 90_000,
}, async t => {
  const port = await nodeOrigin(t, (request, response) => {
    const answer = `${request.url} ${request.headers['x-parley'] ?? '-'}`
    request.resume()
    response.end(answer)
  })
  const { proxy, ca } = await startProxy(t, {}, [], {}, ruled(everySecond))
  const client: TLSSocket = await secureTunnel(t, proxy, { host, port, ca, alpn: ['http/1.1'] })
  const count = 10_000
  const bodies: string[] = []
  let rest = ''
  const all = new Promise<void>((resolve, reject) => {
    client.once('close', () => reject(new Error(`closed after ${bodies.length}`)))
    client.on('data', (chunk: Buffer) => {
      rest += chunk.toString('latin1')
      for (let end = rest.indexOf('\r\n\r\n'); end >= 0; end = rest.indexOf('\r\n\r\n')) {
        const length = Number(/content-length: (\d+)/i.exec(rest.slice(0, end))![1])
        if (rest.length < end + 4 + length) break
        bodies.push(rest.slice(end + 4, end + 4 + length))
        rest = rest.slice(end + 4 + length)
      }
      if (bodies.length === count) resolve()
    })
  })
  for (let i = 1; i <= count; i++) {
    const more = client.write(`GET /${i} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    if (!more) await once(client, 'drain')
    if (i - bodies.length > 200) await new Promise(resolve => setImmediate(resolve))
  }
  await all
  for (const [i, body] of bodies.entries()) assert.equal(body, (i + 1) % 2 ? `/${i + 1} -` : `/${i + 1} ${i + 1}!`)
})

test('a body of 300 MB streams through a header rule in little memory', { timeout: 90_000 }, async t => {
  const size = 300 * 1024 * 1024
  const chunk = Buffer.alloc(256 * 1024, 'x')
  const port = await nodeOrigin(t, async (_request, response) => {
    response.setHeader('Content-Length', size)
    for (let sent = 0; sent < size; sent += chunk.length) if (!response.write(chunk)) await once(response, 'drain')
    response.end()
  })
  const claims: Partial<Claims> = {
    response: () => ({
      most: 0,
      act: ({ head }) => ({ type: 'change', acts, head: { ...head, headers: [...head.headers, ['A', 'b']] } }),
    }),
  }
  const { proxy, ca, tape } = await startProxy(t, {}, [], {}, ruled(claims))
  tape.content = () => {} // it would remember all
  const client = await secureTunnel(t, proxy, { host, port, ca, alpn: ['http/1.1'] })
  let got = 0
  let most = 0
  const before = process.memoryUsage().rss
  const over = new Promise<void>(resolve =>
    client.on('data', (part: Buffer) => {
      got += part.length
      most = Math.max(most, process.memoryUsage.rss())
      if (got > size) resolve()
    }),
  )
  client.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  await over
  assert.ok(
    most - before < 200 * 1024 * 1024,
    `${Math.round((most - before) / 1e6)} MB with both peers in this process`,
  )
})

test('plain http:// obeys the same rules, and its exchanges keep their places', async t => {
  const server = http.createServer((request, response) => {
    request.resume()
    response.end(`${request.url} ${request.headers['x-parley'] ?? '-'}`)
  })
  const { port, close } = await listenOrigin(server)
  t.after(close)
  const seen: string[] = []
  const { proxy, tape } = await startProxy(
    t,
    {},
    [],
    {},
    {
      connection: none,
      claims: ({ scheme, host: asked }) => {
        seen.push(`${scheme} ${asked}`)
        return { request: none, response: none, webSocket: none, ...everySecond }
      },
    },
  )
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  t.after(() => agent.destroy())
  const get = (path: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const asked = http.get({ host: proxy.host, port: proxy.port, agent, path: `http://127.0.0.1:${port}${path}` })
      asked.on('error', reject)
      asked.on('response', async response => resolve(String(await readAll(response))))
    })
  const answers = []
  for (const path of ['/1', '/2', '/3', '/4']) answers.push(await get(path))
  assert.deepEqual(answers, ['/1 -', '/2 2!', '/3 -', '/4 4!'])
  assert.deepEqual(seen, ['http 127.0.0.1'])
  assert.deepEqual([...new Set(tape.acts.map(({ exchange }) => exchange))], [2, 4])
})

test('a connection is broken off where a rule says so', async t => {
  const port = await nodeOrigin(t, (_request, response) => void response.end('ok'))
  const { proxy, ca } = await startProxy(
    t,
    {},
    [],
    {},
    ruled({ request: () => ({ most: 0, act: () => ({ type: 'break', acts, how: 'reset' }) }) }),
  )
  const client = await secureTunnel(t, proxy, { host, port, ca, alpn: ['http/1.1'] })
  const failed = new Promise<NodeJS.ErrnoException>(resolve => client.once('error', resolve))
  client.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  assert.equal((await failed).code, 'ECONNRESET')
})
