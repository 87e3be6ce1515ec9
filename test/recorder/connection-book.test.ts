import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConnectionEvent } from '../../src/model/connection-event.ts'
import { block, frameBytes, preface } from '../wire/http2/frame-bytes.ts'
import { agreed, books, ended, opening, problem, secured, target } from './books.ts'

test('a connection is written once a tick, with all that was told of it', () => {
  const { store, book, tell } = books()
  tell(opening, target, secured)
  assert.deepEqual(book.write(), [7])
  assert.deepEqual(book.write(), [])
  const connection = store.connections.get(7)!
  assert.deepEqual([connection.target?.host, connection.client.agreed?.alpn], ['a.example', 'http/1.1'])
})

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

test('a server that ends after the client’s reset did not abort the exchange', () => {
  const { store, exchanges, book, tell, content } = books()
  tell(opening, target, secured)
  content('to-server', 'GET /x HTTP/1.1\r\nHost: a.example\r\n\r\n')
  tell(ended('client', 'reset'))
  book.contentEnd(7, 'to-client', 900)
  tell({ type: 'closed', at: 901 })
  exchanges.write()
  const why = 'the client reset the connection'
  assert.deepEqual(store.exchanges.get(1)!.aborted, { at: 8, by: 'client', why, how: 'cancelled' })
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

test('a peer that closed is blamed before Parley, whoever was first', () => {
  const { store, exchanges, tell, content } = books()
  tell(opening, target, secured)
  content('to-server', 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n')
  const ours: ConnectionEvent = {
    type: 'leg-closed',
    leg: 'client',
    closed: { at: 5, by: 'parley', how: 'fin' },
    bytes: { toServer: 1, toClient: 1 },
  }
  tell(ours, ended('server', 'fin'), { type: 'closed', at: 9 })
  exchanges.write()
  assert.equal(store.exchanges.get(1)!.aborted?.by, 'server')
})

test('a connection is in the list when it failed, at once', () => {
  const { store, book, tell } = books()
  tell(opening, target, { type: 'failed', problem })
  book.write()
  assert.deepEqual(store.listed, [7])
})

test('a connection is in the list when it ended and no exchange speaks for it, and not before', () => {
  const { store, book, tell } = books()
  tell(opening, target, secured)
  book.write()
  assert.deepEqual(store.listed, [])
  tell(ended('client', 'fin'), { type: 'closed', at: 9 })
  book.write()
  assert.deepEqual(store.listed, [7])
})

test('a connection is not in the list when an exchange speaks for it, or when the client never said a word', () => {
  const spoken = books()
  spoken.tell(opening, target, secured)
  spoken.content('to-server', 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n')
  spoken.tell(ended('client', 'fin'), { type: 'closed', at: 9 })
  spoken.book.write()
  const silent = books()
  silent.tell(opening, ended('client', 'fin', 0), { type: 'closed', at: 9 })
  silent.book.write()
  assert.deepEqual([spoken.store.listed, silent.store.listed], [[], []])
})

test('a connection that is passed through is in the list while it lasts', () => {
  const { store, book, tell } = books()
  tell(opening, target, { type: 'treated', treatment: 'pass-through' }, ended('client', 'fin'))
  book.write()
  assert.deepEqual([store.listed, store.connections.get(7)!.closed], [[7], undefined])
})

test('a listed connection is listed again each time it changes, as the same flow', () => {
  const { store, book, tell } = books()
  tell(opening, { type: 'failed', problem })
  book.write()
  store.nextFlowId()
  tell({ type: 'closed', at: 9 })
  book.write()
  assert.deepEqual(
    [store.listed, store.listedAs],
    [
      [7, 7],
      [1, 1],
    ],
  )
})

test('bytes that were dropped reach the exchange as their number', () => {
  const { store, exchanges, book, tell, content } = books()
  tell(opening, target, secured)
  content('to-server', 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n')
  content('to-client', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab')
  book.gap(7, 'to-client', 4, 5)
  content('to-client', 'hij')
  exchanges.write()
  const { response } = store.exchanges.get(1)!
  assert.deepEqual([response?.bodyBytes, response?.bodyDropped, response?.endedAt !== undefined], [10, 5, true])
})

test('what comes of a connection that was never opened, or has closed, is passed over', () => {
  const { store, exchanges, book, tell, content } = books()
  content('to-server', 'GET / HTTP/1.1\r\n\r\n')
  book.gap(7, 'to-server', 1, 5)
  book.contentEnd(7, 'to-server', 1)
  tell(target)
  assert.deepEqual(book.write(), [])
  tell(opening, { type: 'closed', at: 9 })
  book.write()
  content('to-server', 'GET / HTTP/1.1\r\n\r\n')
  tell(target)
  assert.deepEqual([book.write(), exchanges.write(), store.exchanges.size], [[], [], 0])
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

test('what is open when the recording ends is closed there, and its exchange aborted', () => {
  const { store, exchanges, book, tell, content } = books()
  tell(opening, target, secured)
  content('to-server', 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n')
  book.closeAll(99)
  book.write()
  exchanges.write()
  assert.equal(store.connections.get(7)!.closed?.at, 99)
  assert.ok([...store.exchanges.values()][0]?.aborted)
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
