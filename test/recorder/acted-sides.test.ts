import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ActedEvent } from '../../src/model/acted-event.ts'
import type { Exchange, ExchangeSide, RequestHead, ResponseHead } from '../../src/model/exchange.ts'
import { block, frameBytes, preface } from '../wire/http2/frame-bytes.ts'
import { agreed, books, opening, secured, target } from './books.ts'

const requestHead: RequestHead = {
  method: 'POST',
  target: '/x',
  scheme: 'https',
  authority: 'a.example',
  path: '/x',
  version: 'HTTP/1.1',
  headers: [['X-Rule', 'yes']],
}
const responseHead: ResponseHead = { status: 404, reason: 'Not Found', version: 'HTTP/1.1', headers: [] }
const act = { by: '~u /x => set-header request x-rule yes', did: 'set header x-rule', side: 'request' } as const
const post = 'POST /x HTTP/1.1\r\nHost: a.example\r\nContent-Length: 3\r\n\r\nabc'
const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a.example\r\n\r\n`
const ok = (body: string): string => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`

/** A connection on which the relay acts. */
function acting(alpn = 'http/1.1') {
  const { store, exchanges, book, tell } = books()
  tell(opening, target, { ...secured, agreed: { ...agreed, alpn } }, { type: 'treated', treatment: 'rewrite' })
  return {
    store,
    tell,
    client: (bytes: string | Buffer) => book.content(7, 'to-server', 3, Buffer.from(bytes as string)),
    answer: (bytes: string | Buffer) => book.content(7, 'to-client', 3, Buffer.from(bytes as string)),
    acted: (exchange: number, ...events: ActedEvent[]) => {
      for (const event of events) book.sides(7)?.acted(exchange, 4, event)
    },
    head: (exchange: number, text: string) => book.sides(7)?.head(exchange, 4, Buffer.from(text)),
    own: (exchange: number, direction: 'to-server' | 'to-client', text: string) =>
      book.sides(7)?.content(exchange, direction, 4, Buffer.from(text)),
    missed: (exchange: number, direction: 'to-server' | 'to-client', length: number) =>
      book.sides(7)?.gap(exchange, direction, 4, length),
    lost: (length: number) => book.gap(7, 'to-server', 3, length),
    close: () => tell({ type: 'closed', at: 9 }),
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

test('a head that was changed is beside the client’s, and the body and the answer are the client’s', () => {
  const it = acting()
  it.client(post)
  it.acted(1, { type: 'acted', act }, { type: 'server-request', head: requestHead, body: 'same' })
  assert.deepEqual(it.server(1).request.bodyBytes, 3)
  it.answer(ok('hello'))
  const { request, response } = it.server(1)
  assert.deepEqual(request.head.headers, [['X-Rule', 'yes']])
  assert.deepEqual([request.sameBody, response?.sameBody, response?.head.status], [true, true, 200])
  assert.deepEqual(it.kept(1).acts, [act])
  assert.deepEqual(it.store.runs(1, 'server-request'), [])
})

test('own bodies come without framing, whatever they look like', () => {
  const it = acting()
  it.client(post)
  it.acted(1, { type: 'server-request', head: requestHead, body: 'own' })
  it.own(1, 'to-server', 'GET / HTTP/1.1\r\n\r\n')
  it.acted(1, { type: 'server-ended', side: 'request' })
  it.acted(1, { type: 'server-response', head: responseHead, body: 'own' })
  it.own(1, 'to-client', '5\r\n')
  it.answer(ok('hello'))
  it.own(1, 'to-client', 'hello')
  it.acted(1, { type: 'server-ended', side: 'response', trailers: [['x-sum', '1']] })
  const { request, response } = it.server(1)
  assert.deepEqual([request.bodyBytes, request.endedAt], [18, 4])
  assert.deepEqual([response?.bodyBytes, response?.endedAt, response?.head.status], [8, 4, 404])
  assert.deepEqual(response?.trailers, [['x-sum', '1']])
  assert.deepEqual(it.store.runs(1, 'server-request'), [{ offset: 0, text: 'GET / HTTP/1.1\r\n\r\n' }])
  assert.deepEqual(it.store.runs(1, 'server-response'), [{ offset: 0, text: '5\r\nhello' }])
})

test('a response alone that was changed has the client’s request beside it', () => {
  const it = acting()
  it.client(post)
  it.acted(1, { type: 'server-response', head: responseHead, body: 'same' })
  assert.equal(it.server(1).response?.head.status, 404)
  it.answer(ok('hello'))
  const { request, response } = it.server(1)
  assert.deepEqual(request.head, it.kept(1).request.head)
  assert.deepEqual([request.sameBody, response?.sameBody, response?.bodyBytes], [true, true, 5])
})

test('an answer that is held is kept before the client has any of it', () => {
  const it = acting()
  it.client(get('/1'))
  it.acted(1, { type: 'server-response', head: responseHead, body: 'own' })
  it.own(1, 'to-client', 'held')
  it.acted(1, { type: 'server-ended', side: 'response' })
  assert.deepEqual(it.store.runs(1, 'server-response'), [{ offset: 0, text: 'held' }])
  it.answer(ok('let go'))
  assert.deepEqual(it.store.runs(1, 'server-response'), [{ offset: 0, text: 'held' }])
})

test('what is told when the client’s side is over counts', () => {
  const it = acting()
  it.client(get('/1'))
  it.answer(ok('hello'))
  it.acted(1, { type: 'server-response', head: responseHead, body: 'own' })
  it.own(1, 'to-client', 'no')
  it.acted(1, { type: 'server-ended', side: 'response' })
  assert.deepEqual([it.server(1).response?.head.status, it.server(1).response?.endedAt], [404, 4])
  assert.deepEqual(it.store.runs(1, 'server-response'), [{ offset: 0, text: 'no' }])
})

test('who sent what Parley sends itself is told with the answer, which may be whole by then', () => {
  const it = acting()
  it.tell({ ...target, entrance: 'replay' }, { type: 'treated', treatment: 'observe' })
  it.client(get('/1'))
  it.answer(ok('hello'))
  it.acted(1, { type: 'acted', act })
  assert.deepEqual(it.kept(1).acts, [act])
})

test('what is told before the head is read counts', () => {
  const it = acting()
  it.client(get('/1') + get('/2').slice(0, 9))
  it.acted(2, { type: 'acted', act }, { type: 'server-not-asked' })
  it.client(get('/2').slice(9))
  it.answer(ok('1') + ok('2'))
  assert.deepEqual([it.kept(1).acts, it.kept(2).acts], [undefined, [act]])
  assert.equal(it.kept(2).server, 'not-asked')
})

test('a server that goes on when the client is gone is kept as far as it comes', () => {
  const it = acting('h2')
  it.client(Buffer.concat([preface, frameBytes(4, 0, 0), frameBytes(1, 5, 1, block(...request2))]))
  it.acted(1, { type: 'server-response', head: responseHead, body: 'own' })
  it.own(1, 'to-client', 'he')
  it.client(frameBytes(3, 0, 1, Buffer.of(0, 0, 0, 8)))
  it.own(1, 'to-client', 'llo')
  it.close()
  const { response } = it.server(1)
  assert.deepEqual([it.kept(1).aborted?.how, response?.bodyBytes, response?.endedAt], ['cancelled', 5, undefined])
  assert.deepEqual(it.store.runs(1, 'server-response'), [{ offset: 0, text: 'hello' }])
})

const request2 = [
  [':method', 'GET'],
  [':scheme', 'https'],
  [':authority', 'a.example'],
  [':path', '/'],
] as const

test('a stream of HTTP/2 has a server’s side, by its id', () => {
  const it = acting('h2')
  it.client(Buffer.concat([preface, frameBytes(4, 0, 0), frameBytes(1, 5, 7, block(...request2))]))
  it.acted(7, { type: 'server-request', head: { ...requestHead, version: 'HTTP/2' }, body: 'same' })
  it.answer(Buffer.concat([frameBytes(4, 0, 0), frameBytes(1, 5, 7, block([':status', '204']))]))
  assert.deepEqual(it.server(1).request.head.headers, [['X-Rule', 'yes']])
  assert.deepEqual([it.kept(1).stream, it.server(1).response?.head.status], [7, 204])
})

test('what was dropped of a body on either side is counted, and exchanges keep their places', () => {
  const it = acting()
  it.client(post.slice(0, -3))
  it.lost(3)
  it.acted(1, { type: 'server-request', head: requestHead, body: 'own' })
  it.own(1, 'to-server', 'ab')
  it.missed(1, 'to-server', 10)
  it.acted(1, { type: 'server-ended', side: 'request' })
  it.client(get('/2'))
  it.acted(2, { type: 'acted', act })
  it.answer(ok('1') + ok('2'))
  const { request } = it.server(1)
  assert.deepEqual([request.bodyBytes, request.bodyDropped, it.kept(2).acts], [12, 10, [act]])
})

test('where a request may have passed unseen nothing is told of any', () => {
  const it = acting()
  it.client(get('/1').slice(0, 9))
  it.lost(100)
  it.client(get('/3'))
  it.acted(1, { type: 'acted', act })
  it.answer(ok('3'))
  assert.equal(it.kept(1).acts, undefined)
})

test('credentials for the proxy are masked on the server’s side too', () => {
  const it = acting()
  it.client(get('/1'))
  const head = { ...requestHead, headers: [['Proxy-Authorization', 'Basic x']] as const }
  it.acted(1, { type: 'server-request', head, body: 'same' })
  assert.deepEqual(it.server(1).request.head.headers, [['Proxy-Authorization', '***** *']])
})

test('a body is the server’s own from where that is told, whatever was told of the head alone before and after', () => {
  const it = acting()
  it.client(post)
  it.head(1, 'POST /x HTTP/1.1\r\nHost: b.example\r\n\r\n')
  it.acted(1, { type: 'server-request', head: requestHead, body: 'own' })
  it.own(1, 'to-server', 'own')
  it.head(1, 'POST /x HTTP/1.1\r\nHost: c.example\r\n\r\n')
  it.own(1, 'to-server', '!')
  it.acted(1, { type: 'server-ended', side: 'request' })
  assert.deepEqual([it.server(1).request.head.authority, it.server(1).request.sameBody], ['c.example', undefined])
  assert.deepEqual(it.store.runs(1, 'server-request'), [{ offset: 0, text: 'own!' }])
})

test('a server that is asked after all is no longer one that was not', () => {
  const it = acting()
  it.client(get('/1'))
  it.acted(1, { type: 'server-not-asked' }, { type: 'server-request', head: requestHead, body: 'same' })
  it.answer(ok('1'))
  assert.equal(it.server(1).request.head.path, '/x')
})

test('servers that never end leave no more behind than the last ones', () => {
  const it = acting()
  for (let n = 1; n <= 200; n++) {
    it.client(get(`/${n}`))
    it.acted(n, { type: 'server-response', head: responseHead, body: 'own' })
    it.own(n, 'to-client', 'half')
    it.answer(ok('hello'))
  }
  const settled = Array.from({ length: 200 }, (_, n) => it.store.runs(n + 1, 'server-response').length)
  assert.deepEqual([settled.indexOf(0), settled.lastIndexOf(1)], [196, 195])
  it.close()
  assert.deepEqual(it.store.runs(200, 'server-response'), [{ offset: 0, text: 'half' }])
})
