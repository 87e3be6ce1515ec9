import assert from 'node:assert/strict'
import { once } from 'node:events'
import { duplexPair } from 'node:stream'
import { test } from 'node:test'
import type { TLSSocket } from 'node:tls'
import { coreFor } from '../../../../src/proxy/relay/acting/core-for.ts'
import { relayActing } from '../../../../src/proxy/relay/acting/relay-acting.ts'
import type { Claims } from '../../../../src/rules/claims.ts'
import { MemoryTape } from '../../memory-tape.ts'
import { acts, everySecond, host, nodeOrigin, ruled } from '../../ruled.ts'
import { secureTunnel, startProxy } from '../../running.ts'
import { readAll } from '../../socket-pair.ts'

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

test('a claim that throws ends its connection, and no other', async t => {
  const port = await nodeOrigin(t, (_request, response) => void response.end('ok'))
  let asked = 0
  const { proxy, ca, tape } = await startProxy(
    t,
    {},
    [],
    {},
    ruled({
      request: () => {
        if (asked++ === 0) throw new Error('a mistake of ours')
        return undefined
      },
    }),
  )
  const ask = async (): Promise<string> => {
    const client = await secureTunnel(t, proxy, { host, port, ca, alpn: ['http/1.1'] })
    client.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    return String(await readAll(client))
  }
  assert.equal(await ask(), '')
  assert.ok((await ask()).endsWith('ok'))
  assert.deepEqual(tape.codes(), ['proxy/internal'])
})

test('a client that leaves while its request is held takes it away', async () => {
  const [client, clientEnd] = duplexPair()
  const [upstream, serverEnd] = duplexPair()
  const none = (): undefined => undefined
  const gone = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const claims: Claims = {
    request: () => ({
      most: 0,
      act() {
        held.resolve()
        return new Promise(() => {})
      },
      gone: () => gone.resolve(),
    }),
    response: none,
    webSocket: none,
  }
  const over = relayActing({
    ...{ client, upstream, tape: new MemoryTape(), connection: 1, patience: { answered: 20, asked: 40 } },
    coreOf: coreFor('http/1.1', claims, { scheme: 'https', authority: host }),
    reset: () => {},
    elsewhere: () => Promise.reject(new Error('nobody is asked')),
  })
  clientEnd.resume()
  serverEnd.resume()
  clientEnd.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  await held.promise
  clientEnd.end()
  await gone.promise
  await over
})
