// The core in a tunnel, between real programs: Node's HTTP/2 on both sides, curl, nghttp and h2load.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import http2, { type ClientHttp2Session } from 'node:http2'
import { createServer } from 'node:net'
import { pipeline } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { listen as listenOrigin } from '../../../../../src/peers/origin.ts'
import type { Claims } from '../../../../../src/rules/claims.ts'
import type { Rulings } from '../../../../../src/rules/rulings.ts'
import { identityFor, openTunnel, secureTunnel, startProxy } from '../../../running.ts'

const host = 'origin.localhost'
const run = promisify(execFile)
const none = () => undefined
const ruled = (claims: Partial<Claims>): Rulings => ({
  connection: none,
  claims: () => ({ request: none, response: none, webSocket: none, ...claims }),
})
const acts = [{ by: 'a rule', did: 'something' }]

/** Every second exchange is changed: a field of its request, and the body of its response. */
const everySecond: Partial<Claims> = {
  request: exchange =>
    exchange % 4 === 3
      ? {
          most: 0,
          act: async ({ head }) => ({
            type: 'change',
            acts,
            head: { ...head, headers: [...head.headers, ['x-parley', head.path]] },
          }),
        }
      : undefined,
  response: exchange =>
    exchange % 4 === 3
      ? {
          most: 1_000_000,
          act: async ({ body }) => ({ type: 'change', acts, body: Buffer.from(`${Buffer.from(body!)}!`) }),
        }
      : undefined,
}

async function origin(
  t: TestContext,
  serve: (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => void,
) {
  const server = http2.createSecureServer({ ...(await identityFor(host)), maxSessionMemory: 1000 })
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {})
    serve(stream as http2.ServerHttp2Stream, headers)
  })
  const { port, close } = await listenOrigin(server)
  t.after(close)
  return port
}

async function session(t: TestContext, port: number, claims: Partial<Claims>): Promise<ClientHttp2Session> {
  const { proxy, ca, tape } = await startProxy(t, {}, [], {}, ruled(claims))
  tape.content = () => {} // it would remember all
  const socket = await secureTunnel(t, proxy, { host, port, ca, alpn: ['h2'] })
  const client = http2.connect(`https://${host}:${port}`, { createConnection: () => socket, maxSessionMemory: 1000 })
  client.on('error', () => {}) // the proxy may be closed first
  t.after(() => client.destroy())
  return client
}

async function ask(client: ClientHttp2Session, path: string, body?: Buffer): Promise<string> {
  const stream = client.request({ ':path': path, ':method': body ? 'POST' : 'GET' })
  stream.end(body)
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

test('10,000 requests of which every second one is changed are all answered', { timeout: 90_000 }, async t => {
  const port = await origin(t, (stream, headers) => {
    stream.respond({ ':status': 200, 'x-of': headers[':path'] })
    stream.end(`${headers[':path']} ${headers['x-parley'] ?? '-'}`)
  })
  const client = await session(t, port, everySecond)
  const count = 10_000
  let next = 0
  const changed: number[] = []
  const worker = async (): Promise<void> => {
    while (next < count) {
      const path = `/${next++}`
      const body = await ask(client, path)
      if (body === `${path} ${path}!`) changed.push(1)
      else assert.equal(body, `${path} -`)
    }
  }
  await Promise.all(Array.from({ length: 50 }, worker))
  assert.equal(changed.length, count / 2)
})

test('large bodies go both ways beside held ones, and arrive as they were sent', { timeout: 60_000 }, async t => {
  const port = await origin(t, (stream, headers) => {
    const hash = createHash('sha256')
    stream.on('data', (part: Buffer) => hash.update(part))
    stream.on('end', () => {
      stream.respond({ ':status': 200 })
      stream.end(headers[':path'] === '/echo' ? hash.digest('hex') : Buffer.alloc(700_000, 'z'))
    })
  })
  const client = await session(t, port, everySecond)
  const body = Buffer.alloc(3_000_000, 'abc')
  const wanted = createHash('sha256').update(body).digest('hex')
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, i) => (i % 2 ? ask(client, '/echo', body) : ask(client, '/z'))),
  )
  for (const [i, answer] of answers.entries()) {
    const expected = i % 2 ? wanted : 'z'.repeat(700_000)
    assert.ok(answer === expected || answer === `${expected}!`, `${i}: ${answer.length}`)
  }
})

test('a body of 300 MB streams through a header rule in little memory', { timeout: 90_000 }, async t => {
  const size = 300 * 1024 * 1024
  const chunk = Buffer.alloc(256 * 1024, 'x')
  const port = await origin(t, async stream => {
    stream.respond({ ':status': 200, 'content-length': size })
    for (let sent = 0; sent < size; sent += chunk.length) if (!stream.write(chunk)) await once(stream, 'drain')
    stream.end()
  })
  const client = await session(t, port, {
    response: () => ({
      most: 0,
      act: ({ head }) => ({ type: 'change', acts, head: { ...head, headers: [...head.headers, ['x-parley', 'yes']] } }),
    }),
  })
  const stream = client.request({ ':path': '/' })
  const [headers] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders]
  assert.equal(headers['x-parley'], 'yes')
  const before = process.memoryUsage().rss
  let received = 0
  let most = 0
  for await (const part of stream) {
    received += (part as Buffer).length
    most = Math.max(most, process.memoryUsage().rss)
  }
  assert.equal(received, size)
  assert.ok(
    most - before < 120 * 1024 * 1024,
    `${Math.round((most - before) / 1e6)} MB more, client and server included`,
  )
})

/** A plain port that leads through the proxy into a tunnel, for programs that cannot ask for one. */
async function leadIn(t: TestContext, port: number, claims: Partial<Claims>): Promise<number> {
  const { proxy } = await startProxy(t, {}, [], {}, ruled(claims))
  const server = createServer(async socket => {
    const tunnel = await openTunnel(t, proxy, `${host}:${port}`)
    pipeline(socket, tunnel, () => {})
    pipeline(tunnel, socket, () => {})
  })
  const lead = await listenOrigin(server)
  t.after(lead.close)
  return lead.port
}

test('curl, nghttp and h2load take it for the server', { timeout: 60_000 }, async t => {
  const port = await origin(t, (stream, headers) => {
    stream.respond({ ':status': 200, 'x-got': String(headers['x-parley'] ?? '-') })
    stream.end('z'.repeat(100_000))
  })
  const lead = await leadIn(t, port, everySecond)
  const url = `https://${host}:${lead}/`
  const curl = await run('curl', [
    '-sk',
    '--http2',
    '--resolve',
    `${host}:${lead}:127.0.0.1`,
    '-w',
    '%{http_version} %{size_download}\n',
    '-o',
    '/dev/null',
    url,
    '-o',
    '/dev/null',
    url,
    '-o',
    '/dev/null',
    url,
  ])
  assert.deepEqual(curl.stdout.split('\n').slice(0, 3).sort(), ['2 100000', '2 100000', '2 100001'])
  const nghttp = await run('nghttp', ['-nsv', '-m', '20', `https://127.0.0.1:${lead}/`], { maxBuffer: 1e8 })
  assert.equal(nghttp.stdout.match(/^\s+\d+ .* 200 /gm)?.length, 20, nghttp.stdout.slice(-3000))
  const h2load = await run('h2load', [
    '-n',
    '2000',
    '-c',
    '4',
    '-m',
    '20',
    '-w',
    '16',
    '-W',
    '17',
    `https://127.0.0.1:${lead}/`,
  ])
  assert.match(h2load.stdout, /2000 succeeded, 0 failed, 0 errored/)
})
