import assert from 'node:assert/strict'
import { test } from 'node:test'
import { books, ended, opening, problem, secured, target } from './books.ts'

test('a connection is written once a tick, with all that was told of it', () => {
  const { store, book, tell } = books()
  tell(opening, target, secured)
  assert.deepEqual(book.write(), [7])
  assert.deepEqual(book.write(), [])
  const connection = store.connections.get(7)!
  assert.deepEqual([connection.target?.host, connection.client.agreed?.alpn], ['a.example', 'http/1.1'])
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
