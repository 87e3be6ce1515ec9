import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConnectionEvent } from '../../src/model/connection-event.ts'
import { books, ended, opening, problem, secured, target } from './books.ts'

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

test('a connection that only carries others is in the list when it failed, and not else', () => {
  for (const entrance of ['tls', 'http2'] as const) {
    const { store, book, tell } = books()
    tell(opening, { ...target, entrance }, ended('client', 'fin'), { type: 'closed', at: 9 })
    book.write()
    assert.deepEqual(store.listed, [])
    const failing = books()
    failing.tell(opening, { ...target, entrance }, { type: 'failed', problem })
    failing.book.write()
    assert.deepEqual(failing.store.listed, [7])
  }
})

test('what Parley asks itself is of the scheme of its server, and has its origin; elsewhere it has no row of its own', () => {
  const own = (entrance: 'replay' | 'elsewhere') => {
    const { store, book, exchanges, tell, content } = books()
    const to = { host: 'a.example', port: 443 }
    tell({ type: 'opened', at: 1 }, { type: 'targeted', entrance, target: to, origin: 4 })
    tell({ type: 'looked-up', name: 'a.example', addresses: [], startedAt: 1, endedAt: 1, literal: true })
    tell({ ...secured, leg: 'upstream' })
    if (entrance === 'replay') content('to-server', 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n')
    tell(ended('client', 'fin'), { type: 'closed', at: 9 })
    exchanges.write()
    book.write()
    return store
  }
  const { exchanges, connections } = own('replay')
  assert.equal(exchanges.get(1)!.request.head.scheme, 'https')
  assert.equal(connections.get(7)?.origin, 4)
  assert.deepEqual(own('elsewhere').listed, [])
})

test('a connection that was seen from outside is in the list though its end lies behind that of the capture', () => {
  const { store, book, tell } = books()
  tell({ ...opening, sniffed: true }, { type: 'closed', at: 9 })
  book.write()
  assert.deepEqual(store.listed, [7])
})

test('what a capture ends before was ended by nobody', () => {
  const { store, exchanges, tell, content } = books()
  tell({ ...opening, sniffed: true })
  content('to-server', 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n')
  tell({ type: 'closed', at: 9 })
  exchanges.write()
  assert.equal(store.exchanges.get(1)!.aborted?.why, 'the capture ends before it')
})
