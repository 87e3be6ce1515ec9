import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RequestHead, ResponseHead } from '../../src/model/exchange.ts'
import { ExchangeBook } from '../../src/recorder/exchange-book.ts'
import { MemoryStore } from './memory-store.ts'

const head: RequestHead = {
  method: 'POST',
  target: '/',
  scheme: 'https',
  authority: 'a.example',
  path: '/',
  version: 'HTTP/2',
  headers: [],
}
const response: ResponseHead = { status: 200, reason: '', version: 'HTTP/2', headers: [] }

function opened(body = 1000) {
  const store = new MemoryStore()
  const book = new ExchangeBook(store, { body })
  const entry = book.open(3, 10, head, 5)
  return { store, book, entry }
}

const bodyEvent = (text: string, side: 'request' | 'response' = 'request') =>
  ({ type: 'body', side, at: 11, bytes: Buffer.from(text) }) as const

test('an exchange is written once a tick, with its whole state', () => {
  const { store, book, entry } = opened()
  book.event(entry, bodyEvent('one '))
  book.event(entry, bodyEvent('two'))
  book.event(entry, { type: 'response-head', at: 12, head: response })
  assert.deepEqual(book.write(), [1])
  assert.deepEqual(store.writes, [1])
  const exchange = store.exchanges.get(1)!
  assert.deepEqual([exchange.connection, exchange.stream, exchange.request.bodyBytes], [3, 5, 7])
  assert.equal(exchange.response?.head.status, 200)
  assert.deepEqual(store.runs(1, 'request'), [{ offset: 0, text: 'one two' }])
})

test('an exchange that has not changed is not written again', () => {
  const { store, book, entry } = opened()
  book.write()
  assert.deepEqual(book.write(), [])
  book.event(entry, { type: 'ended', side: 'request', at: 13 })
  assert.deepEqual(book.write(), [1])
  assert.deepEqual(store.writes, [1, 1])
})

test('a body past the limit is counted whole and kept in part', () => {
  const { store, book, entry } = opened(5)
  book.event(entry, bodyEvent('abc'))
  book.event(entry, bodyEvent('defg'))
  book.event(entry, { type: 'ended', side: 'request', at: 12 })
  book.write()
  const { request } = store.exchanges.get(1)!
  assert.deepEqual([request.bodyBytes, request.bodyDropped, request.endedAt], [7, 2, 12])
  assert.deepEqual(store.runs(1, 'request'), [{ offset: 0, text: 'abcde' }])
})

test('the limit is for each body, not for both together', () => {
  const { store, book, entry } = opened(4)
  book.event(entry, { type: 'response-head', at: 12, head: response })
  book.event(entry, bodyEvent('1234'))
  book.event(entry, bodyEvent('abcd', 'response'))
  book.write()
  assert.equal(store.runs(1, 'request')[0]!.text, '1234')
  assert.equal(store.runs(1, 'response')[0]!.text, 'abcd')
})

test('while the recorder is behind, bodies pass unkept and are marked, and what follows stands at its offset', () => {
  const { store, book, entry } = opened()
  book.event(entry, bodyEvent('abc'))
  book.skipBodies = true
  book.event(entry, bodyEvent('lost'))
  book.skipBodies = false
  book.event(entry, bodyEvent('def'))
  book.write()
  const { request } = store.exchanges.get(1)!
  assert.deepEqual([request.bodyBytes, request.bodyDropped], [10, 4])
  assert.deepEqual(store.runs(1, 'request'), [
    { offset: 0, text: 'abc' },
    { offset: 7, text: 'def' },
  ])
})

test('where the store has no more room for bodies they pass unkept and are marked', () => {
  const { store, book, entry } = opened()
  book.event(entry, bodyEvent('abc'))
  store.keepsBodies = false
  book.event(entry, bodyEvent('lost'))
  book.write()
  const { request } = store.exchanges.get(1)!
  assert.deepEqual([request.bodyBytes, request.bodyDropped], [7, 4])
  assert.deepEqual(store.runs(1, 'request'), [{ offset: 0, text: 'abc' }])
})

test('bytes that never reached the recorder leave a hole of their length', () => {
  const { store, book, entry } = opened()
  book.event(entry, bodyEvent('abc'))
  book.event(entry, { type: 'body-dropped', side: 'request', at: 12, length: 100 })
  book.event(entry, bodyEvent('def'))
  book.write()
  assert.deepEqual(
    store.runs(1, 'request').map(({ offset }) => offset),
    [0, 103],
  )
  assert.equal(store.exchanges.get(1)!.request.bodyDropped, 100)
})

test('ids come in ascending order', () => {
  const { book, entry } = opened()
  book.open(3, 11, head)
  book.open(4, 12, head)
  assert.deepEqual(book.write(), [1, 2, 3])
  book.event(entry, bodyEvent('x'))
  assert.deepEqual(book.write(), [1])
})
