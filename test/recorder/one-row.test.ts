import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConnectionEvent } from '../../src/model/connection-event.ts'
import { books, ended, opening, problem, secured, target } from './books.ts'

const asked = 'GET /x HTTP/1.1\r\nHost: a.example\r\n\r\n'
const page = 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nwhy'
const failing: ConnectionEvent = { type: 'failed', problem }

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
