/** What the capture says of both sides, beside what the origin itself received and the client itself got. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import WebSocket, { WebSocketServer } from 'ws'
import type { ExchangeSide } from '../../src/model/exchange.ts'
import { listen as listenOrigin } from '../../src/peers/origin.ts'
import { listen } from '../../src/proxy/listener.ts'
import { Recorder } from '../../src/recorder/recorder.ts'
import type { Claims } from '../../src/rules/claims.ts'
import type { RequestVerdict, ResponseVerdict } from '../../src/rules/verdict.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import type { Slab } from '../../src/tape/entry.ts'
import { SlabWriter } from '../../src/tape/slab-writer.ts'
import { inTime } from '../in-time.ts'
import { identityFor, optionsIn, secureTunnel, share } from '../proxy/running.ts'
import { readAll } from '../proxy/socket-pair.ts'
import { inFolder } from '../store/samples.ts'

const host = 'a.example'
const patience = 20_000 // ms
const actsOf = (did: string, side?: 'request' | 'response') => [{ by: 'the rule', did, ...(side && { side }) }]

const requests: Readonly<Record<string, RequestVerdict | undefined>> = {
  '/mock': {
    type: 'answer',
    acts: actsOf('answered 418', 'request'),
    answer: { status: 418, headers: [], body: Buffer.from('tea') },
  },
}

/** Changes the body and a field of what is sent to `/change`, and of each answer to it. */
const claims: Claims = {
  request(_exchange, head) {
    const verdict = requests[head.path]
    if (verdict) return { most: 0, act: () => verdict }
    if (head.path !== '/change') return undefined
    return {
      most: 1000,
      act: ({ head: asked, body }): RequestVerdict => ({
        type: 'change',
        acts: actsOf('changed the body', 'request'),
        head: { ...asked, headers: [...asked.headers, ['X-Rule', 'yes']] },
        body: Buffer.from(Buffer.from(body!).toString().toUpperCase()),
      }),
    }
  },
  response(_exchange, request, _head) {
    if (request.path !== '/change') return undefined
    return {
      most: 1000,
      act: ({ body }): ResponseVerdict => ({
        type: 'change',
        acts: actsOf('changed the answer', 'response'),
        body: Buffer.from(`<${Buffer.from(body!)}>`),
      }),
    }
  },
  webSocket: () => ({
    act({ bytes }) {
      const text = Buffer.from(bytes).toString()
      if (text.includes('secret')) return { type: 'drop', acts: actsOf('dropped it') }
      if (!text.includes('cat')) return { type: 'pass', acts: [] }
      return { type: 'change', acts: actsOf('replaced cat'), bytes: Buffer.from(text.replace('cat', 'dog')) }
    },
  }),
}

/** What the capture says of a conversation through a proxy that acts. */
async function recorded(
  t: TestContext,
  drive: (ca: string, proxy: Awaited<ReturnType<typeof listen>>) => Promise<void>,
  look: (capture: Capture) => void,
): Promise<void> {
  const { folder, authority } = await share()
  const slabs: Slab[] = []
  const tape = new SlabWriter(slab => slabs.push(slab))
  const options = { ...optionsIn(folder), hosts: new Map([[host, '127.0.0.1']]) }
  const rulings = { connection: () => undefined, claims: () => claims }
  const proxy = await listen(options, tape, authority, {}, [], rulings)
  t.after(() => proxy.close())
  await inTime('the conversation', drive(authority.certificatePem, proxy), patience)
  await proxy.close()
  tape.flush()
  inFolder(place => {
    const writer = openCaptureWriter(join(place, 'a.parley'))
    const recorder = new Recorder(writer, { body: 1e6, behind: 48 })
    for (const slab of slabs) recorder.read(slab)
    recorder.flush(true)
    writer.close()
    const capture = openCapture(writer.path)
    try {
      look(capture)
    } finally {
      capture.close()
    }
  })
}

const serverOf = (capture: Capture, id: number): ExchangeSide => {
  const server = capture.exchange(id)?.server
  assert.ok(typeof server === 'object', `exchange ${id}: ${String(server)}`)
  return server
}
const bodyOf = (capture: Capture, id: number, side: Parameters<Capture['body']>[1]): string =>
  Buffer.from(capture.body(id, side, 0, 1000)).toString()

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
  const drive: Parameters<typeof recorded>[1] = async (ca, proxy) => {
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
  const drive: Parameters<typeof recorded>[1] = async (_ca, proxy) => {
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
  const drive: Parameters<typeof recorded>[1] = async (ca, proxy) => {
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
