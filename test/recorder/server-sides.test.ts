import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConnectionEvent } from '../../src/model/connection-event.ts'
import type { Exchange, ExchangeSide } from '../../src/model/exchange.ts'
import { ConnectionBook } from '../../src/recorder/connection-book.ts'
import { ExchangeBook } from '../../src/recorder/exchange-book.ts'
import { MemoryStore } from './memory-store.ts'

const endpoint = { address: '127.0.0.1', port: 1 }
const opening: ConnectionEvent[] = [
  { type: 'opened', at: 1, local: endpoint, remote: endpoint },
  { type: 'targeted', entrance: 'absolute-form', target: { host: 'a.example', port: 80 } },
]
const post = (body: string, more = ''): string =>
  `POST /x HTTP/1.1\r\nHost: a.example\r\n${more}Content-Length: ${body.length}\r\n\r\n${body}`
const ok = (body: string, more = ''): string =>
  `HTTP/1.1 200 OK\r\n${more}Content-Length: ${body.length}\r\n\r\n${body}`
const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a.example\r\n\r\n`

/** A connection of which both sides are told. */
function connection() {
  const store = new MemoryStore()
  const exchanges = new ExchangeBook(store, { body: 100_000 })
  const book = new ConnectionBook(store, exchanges)
  for (const event of opening) book.event(7, event)
  const bytes = (text: string): Buffer => Buffer.from(text, 'latin1')
  return {
    store,
    client: (text: string) => book.content(7, 'to-server', 3, bytes(text)),
    answer: (text: string) => book.content(7, 'to-client', 5, bytes(text)),
    head: (exchange: number, text: string) => book.sides(7)?.head(exchange, 4, bytes(text)),
    toServer: (exchange: number, text: string) => book.sides(7)?.content(exchange, 'to-server', 4, bytes(text)),
    toClient: (exchange: number, text: string) => book.sides(7)?.content(exchange, 'to-client', 4.5, bytes(text)),
    gone: (exchange: number) => book.sides(7)?.end(exchange, 8),
    lost: () => book.gap(7, 'to-server', 3, 10),
    close: () => book.event(7, { type: 'closed', at: 9 }),
    kept(id: number): Exchange {
      exchanges.write()
      return store.exchanges.get(id)!
    },
    server(id: number): ExchangeSide {
      const { server } = this.kept(id)
      assert.ok(typeof server === 'object', String(server))
      return server
    },
  }
}

test('what the server got and answered is beside what the client sent and got, and a body that is the same is kept once', () => {
  const it = connection()
  it.client(post('abc', 'X-A: 1\r\n'))
  it.toServer(1, post('abc', 'X-B: 2\r\n'))
  it.toClient(1, ok('hello', 'X-C: 3\r\n'))
  it.answer(ok('HELLO!'))
  const { request, response } = it.server(1)
  assert.deepEqual(request.head.headers[1], ['X-B', '2'])
  assert.deepEqual(
    [request.sameBody, request.endedAt, response?.sameBody, response?.bodyBytes],
    [true, 4, undefined, 5],
  )
  assert.equal(it.kept(1).response?.bodyBytes, 6)
  assert.deepEqual(it.store.runs(1, 'server-request'), [])
  assert.deepEqual(it.store.runs(1, 'server-response'), [{ offset: 0, text: 'hello' }])
  assert.deepEqual(it.store.runs(1, 'response'), [{ offset: 0, text: 'HELLO!' }])
})

test('a head alone is another: all else is as on the client’s side, which comes later', () => {
  const it = connection()
  it.client(post('abc', 'Proxy-Connection: close\r\n'))
  it.head(1, 'POST /x HTTP/1.1\r\nHost: a.example\r\nProxy-Authorization: Basic x\r\n\r\n')
  it.answer(ok('hello'))
  const { request, response } = it.server(1)
  assert.deepEqual(request.head.headers, [
    ['Host', 'a.example'],
    ['Proxy-Authorization', '***** *'],
  ])
  assert.deepEqual([request.bodyBytes, request.sameBody, response?.bodyBytes, response?.sameBody], [3, true, 5, true])
})

test('a server that is not asked has no side, and one that is asked after all has', () => {
  const it = connection()
  it.client(get('/1') + get('/2'))
  it.head(1, '')
  it.head(2, '')
  it.answer(ok('mine'))
  assert.equal(it.kept(1).server, 'not-asked')
  it.toServer(2, get('/other'))
  assert.equal(it.server(2).request.head.path, '/other')
})

test('exchanges of one client keep apart what several servers get at the same time', () => {
  const it = connection()
  it.client(get('/1') + get('/2'))
  it.toServer(2, get('/two').slice(0, 9))
  it.toServer(1, get('/one'))
  it.toServer(2, get('/two').slice(9))
  it.toClient(2, ok('second'))
  it.toClient(1, ok('first'))
  it.answer(ok('first') + ok('second'))
  for (const [id, path, body] of [
    [1, '/one', 5],
    [2, '/two', 6],
  ] as const)
    assert.deepEqual([it.server(id).request.head.path, it.server(id).response?.bodyBytes], [path, body])
})

test('an answer that the client has whole waits for its server’s end', () => {
  const it = connection()
  it.client(get('/1'))
  it.toServer(1, get('/1'))
  it.toClient(1, ok('hello').slice(0, -2))
  it.answer(ok('early'))
  it.toClient(1, 'lo')
  assert.deepEqual([it.server(1).response?.bodyBytes, it.server(1).response?.endedAt], [5, 4.5])
  assert.deepEqual(it.store.runs(1, 'server-response'), [{ offset: 0, text: 'hello' }])
})

test('a body that the server has not ended is kept as far as it came', () => {
  const it = connection()
  it.client(get('/1'))
  it.toServer(1, get('/1'))
  it.toClient(1, ok('hello').slice(0, -2))
  it.answer(ok('early'))
  it.close()
  assert.equal(it.server(1).response?.endedAt, undefined)
  assert.deepEqual(it.store.runs(1, 'server-response'), [{ offset: 0, text: 'hel' }])
})

test('a server that leaves in the middle of what it says holds nothing up', () => {
  const it = connection()
  it.client(get('/1'))
  it.toServer(1, get('/1'))
  it.toClient(1, ok('hello').slice(0, -2))
  it.answer(ok('early'))
  it.gone(1)
  assert.equal(it.server(1).response?.bodyBytes, 3)
  assert.deepEqual(it.store.runs(1, 'server-response'), [{ offset: 0, text: 'hel' }])
  it.toClient(1, 'lo')
  assert.equal(it.server(1).response?.bodyBytes, 3)
})

test('an answer without a length ends with its server', () => {
  const it = connection()
  it.client(get('/1'))
  it.toServer(1, get('/1'))
  it.toClient(1, 'HTTP/1.1 200 OK\r\n\r\nhello')
  it.answer(ok('hello'))
  it.gone(1)
  assert.deepEqual([it.server(1).response?.endedAt, it.server(1).response?.sameBody], [8, true])
})

test('a large body of the server’s is kept from its first byte, whatever the client’s is', () => {
  const it = connection()
  const body = 'x'.repeat(50_000)
  it.client(get('/1'))
  it.toServer(1, get('/1'))
  it.toClient(1, ok(body))
  it.answer(ok(body))
  assert.equal(it.kept(1).response?.bodyBytes, 50_000)
  assert.deepEqual(it.store.runs(1, 'server-response'), [{ offset: 0, text: body }])
})

test('behind bytes of the client that are missing nobody knows whose a server’s side is', () => {
  const it = connection()
  it.client(get('/1'))
  it.answer(ok('1'))
  it.lost()
  it.client(get('/2'))
  it.toServer(2, get('/other'))
  assert.equal(it.kept(2)?.server, undefined)
})
