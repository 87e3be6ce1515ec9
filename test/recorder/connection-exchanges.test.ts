import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConnectionEvent } from '../../src/model/connection-event.ts'
import { block, frameBytes, preface } from '../wire/http2/frame-bytes.ts'
import { agreed, books, ended, opening, problem, secured, target } from './books.ts'

const asked = 'GET /x HTTP/1.1\r\nHost: a.example\r\n\r\n'
const page = 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nwhy'
const failing: ConnectionEvent = { type: 'failed', problem }

test('content becomes exchanges of that connection', () => {
  const { store, exchanges, book, tell, content } = books()
  tell(opening, target, secured)
  content('to-server', 'GET /x HTTP/1.1\r\nHost: a.example\r\n\r\n')
  content('to-client', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi')
  book.write()
  exchanges.write()
  const exchange = store.exchanges.get(1)!
  assert.equal(exchange.connection, 7)
  assert.deepEqual([exchange.request.head.scheme, exchange.request.head.path], ['https', '/x'])
  assert.equal(exchange.response?.head.status, 200)
  assert.notEqual(exchange.response?.endedAt, undefined)
  assert.equal(store.connections.get(7)!.protocol, 'http/1.1')
})

test('a tunnel on a connection that carried plain HTTP before has exchanges of its own', () => {
  const { store, exchanges, book, tell, content } = books()
  tell(opening, { ...target, entrance: 'absolute-form' })
  content('to-server', 'GET http://b.example/x HTTP/1.1\r\nHost: b.example\r\n\r\n')
  content('to-client', 'HTTP/1.1 204 No Content\r\n\r\n')
  tell(target, { ...secured, agreed: { ...agreed, alpn: 'h2' } })
  content('to-server', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
  tell(ended('client', 'fin'), { type: 'closed', at: 9 })
  book.write()
  exchanges.write()
  assert.deepEqual([store.exchanges.get(1)!.request.head.scheme, store.exchanges.get(1)!.aborted], ['http', undefined])
  assert.equal(store.exchanges.size, 1)
  assert.deepEqual([store.connections.get(7)!.protocol, store.connections.get(7)!.problems], ['h2', []])
})

test('content without TLS is http', () => {
  const { store, exchanges, tell, content } = books()
  tell(opening, target)
  content('to-server', 'GET /x HTTP/1.1\r\nHost: a.example\r\n\r\n')
  exchanges.write()
  assert.equal(store.exchanges.get(1)!.request.head.scheme, 'http')
})

test('a body that lasts as long as the connection ends with the bytes of its direction', () => {
  const { store, exchanges, book, tell, content } = books()
  tell(opening, target, secured)
  content('to-server', 'GET /x HTTP/1.1\r\nHost: a.example\r\n\r\n')
  content('to-client', 'HTTP/1.1 200 OK\r\n\r\nall of it')
  exchanges.write()
  assert.equal(store.exchanges.get(1)!.response?.endedAt, undefined)
  book.contentEnd(7, 'to-client', 6)
  exchanges.write()
  assert.deepEqual([store.exchanges.get(1)!.response?.endedAt, store.exchanges.get(1)!.aborted], [6, undefined])
})

test('the messages of a WebSocket are those of its exchange, the one that was cut short too', () => {
  const { exchanges, tell, content, book, messages } = books()
  tell(opening, target, secured)
  content(
    'to-server',
    'GET /ws HTTP/1.1\r\nHost: a.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  )
  content(
    'to-client',
    'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\n',
  )
  book.content(7, 'to-client', 4, Buffer.from([0x81, 2, 0x68, 0x69]))
  exchanges.write()
  assert.deepEqual(messages, ['1 to-client 0'])
  book.content(7, 'to-client', 5, Buffer.from([0x01, 2, 0x68, 0x69])) // a fragment that nothing follows
  assert.equal(messages.length, 1)
  tell(ended('server', 'reset'), { type: 'closed', at: 9 })
  assert.deepEqual(messages, ['1 to-client 0', '1 to-client 1'])
})

test('a WebSocket over HTTP/2 is over with its stream: nothing of it waits for the connection', () => {
  const { store, tell, book, messages } = books()
  tell(opening, target, { ...secured, agreed: { ...agreed, alpn: 'h2' } })
  const send = (direction: 'to-server' | 'to-client', ...frames: Buffer[]) =>
    book.content(7, direction, 3, Buffer.concat(frames))
  const asked = block([':method', 'CONNECT'], [':protocol', 'websocket'], [':scheme', 'https'], [':path', '/'])
  send('to-server', preface, frameBytes(1, 4, 1, asked))
  send('to-client', frameBytes(1, 4, 1, block([':status', '200'])))
  send('to-client', frameBytes(0, 1, 1, Buffer.from([0x01, 2, 0x68, 0x69]))) // a fragment that nothing follows
  assert.deepEqual([messages, store.exchanges.get(1)], [[], undefined])
  send('to-server', frameBytes(0, 1, 1))
  assert.deepEqual(messages, ['1 to-client 0'])
  assert.equal(store.exchanges.get(1)?.upgraded, 'websocket')
})

test('a connection that closes aborts the exchange under way and says who closed', () => {
  for (const [by, how, why] of [
    ['server', 'reset', 'the server reset the connection'],
    ['client', 'fin', 'the client closed the connection'],
  ] as const) {
    const { store, exchanges, tell, content } = books()
    tell(opening, target, secured)
    content('to-server', 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n')
    tell(ended(by, how), { type: 'closed', at: 9 })
    exchanges.write()
    assert.deepEqual(store.exchanges.get(1)!.aborted, { at: 8, by, why, ...(by === 'client' && { how: 'cancelled' }) })
  }
})

test('a connection that closes leaves a whole exchange whole', () => {
  const { store, exchanges, tell, content } = books()
  tell(opening, target, secured)
  content('to-server', 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n')
  content('to-client', 'HTTP/1.1 204 No Content\r\n\r\n')
  tell(ended('server', 'fin'), { type: 'closed', at: 9 })
  exchanges.write()
  assert.equal(store.exchanges.get(1)!.aborted, undefined)
})

test('bytes that are no HTTP make no exchange and a problem or a protocol, and nothing throws', () => {
  const { store, book, tell, content } = books()
  tell(opening, target, secured)
  content('to-server', '\x00\x01\x02\x03\r\n\r\n')
  content('to-client', '\xff\xfe\xfd')
  tell(ended('client', 'fin'), { type: 'closed', at: 9 })
  book.write()
  const { problems, protocol } = store.connections.get(7)!
  assert.ok(problems.length > 0 || (protocol && protocol !== 'http/1.1'), JSON.stringify({ problems, protocol }))
})

test("Parley's own refusal is no answer of a server that nobody asked", () => {
  for (const [code, asked, answered] of [
    ['proxy/bad-request', 'GET / HTTP/1.1\r\nX', []],
    ['proxy/bad-request', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', []],
    ['tcp/refused', 'GET / HTTP/1.1\r\nX', ['http1/response-without-request']],
  ] as const) {
    const { store, book, tell, content } = books()
    tell(opening, { type: 'failed', problem: { ...problem, code } })
    content('to-server', asked)
    content('to-client', 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')
    book.write()
    assert.deepEqual(
      store.connections.get(7)!.problems.map(told => told.code),
      [code, ...answered],
    )
  }
})

test('a failed connection and the answer that Parley gives in its place are one row, which keeps its number', () => {
  const { store, exchanges, book, tell, content } = books()
  const tick = (): void => {
    book.write()
    exchanges.write()
  }
  tell(opening, target, failing)
  tick()
  store.nextFlowId() // of another connection
  tell(secured)
  content('to-server', asked)
  tick()
  assert.deepEqual([store.listedAs, store.spoken], [[1], [[7, 1]]])
  content('to-client', page)
  tell(ended('client', 'fin'), { type: 'closed', at: 9 })
  tick()
  assert.deepEqual([store.listedAs, [...store.exchanges.keys()]], [[1], [1]])
  const { aborted, response, problems } = store.exchanges.get(1)!
  assert.deepEqual(aborted, {
    ...{ at: 3, by: 'server', why: 'Parley answered in the server’s place', how: 'connection-failed' },
  })
  assert.deepEqual([response?.head.status, response?.bodyBytes, problems], [502, 3, []])
})

test('a request that was under way when the connection failed speaks for it, answered or not, and whoever leaves', () => {
  for (const [answer, by] of [
    [page, 'server'],
    ['', 'client'],
  ] as const) {
    const { store, exchanges, book, tell, content } = books()
    tell(opening, target, secured)
    content('to-server', asked)
    book.write()
    tell(failing)
    if (answer) content('to-client', answer)
    tell(ended('client', 'reset'), { type: 'closed', at: 9 })
    book.write()
    exchanges.write()
    const { aborted } = store.exchanges.get(1)!
    assert.deepEqual([aborted?.how, aborted?.by, store.listed], ['connection-failed', by, []])
  }
})

test('a row that was written before the answer came goes when it comes', () => {
  const { store, book, tell, content } = books()
  tell(opening, target, secured)
  content('to-server', asked)
  tell(failing)
  book.write()
  content('to-client', page)
  tell({ type: 'closed', at: 9 })
  book.write()
  assert.deepEqual([store.listedAs, store.spoken], [[2], [[7, 2]]])
})

test('in clear one server that fails says nothing of the next; each exchange has its own problem', () => {
  const { store, exchanges, book, tell, content } = books()
  tell(opening, { ...target, entrance: 'absolute-form' })
  for (const answer of [page, 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n']) {
    content('to-server', asked.replace('/x', 'http://b.example/x'))
    if (answer === page) tell(failing)
    content('to-client', answer)
  }
  book.write()
  exchanges.write()
  const [first, second] = [...store.exchanges.values()]
  assert.deepEqual([first?.aborted?.how, first?.problems], ['connection-failed', [problem]])
  assert.deepEqual([second?.aborted, second?.problems, store.listed], [undefined, [], []])
})
