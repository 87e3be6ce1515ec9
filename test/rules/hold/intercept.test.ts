import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FilterError } from '../../../src/filter/filter-error.ts'
import { interceptOf } from '../../../src/rules/hold/intercept.ts'
import { answered, connection, requestTo } from './messages.ts'

const body = (text: string): Uint8Array => new TextEncoder().encode(text)

test('a connection to another host cannot fit, one whose requests are unknown may', () => {
  assert.equal(interceptOf('~d other').mayFitOn(connection), false)
  assert.equal(interceptOf('!~d api').mayFitOn(connection), false)
  assert.equal(interceptOf('~d api & ~m POST').mayFitOn(connection), true)
  assert.equal(interceptOf('~d api & !~m POST').mayFitOn(connection), true)
  assert.equal(interceptOf('~u /pay | ~d other').mayFitOn(connection), true)
  const client = { address: '192.0.2.1', port: 5000 }
  assert.equal(interceptOf('~src 10[.]0').mayFitOn({ ...connection, client }), false)
})

test('heads decide, but for what only a body can tell', () => {
  const seen = { connection, request: requestTo('/pay?x=1') }
  assert.equal(interceptOf('~u /pay').mayFit(seen), true)
  assert.equal(interceptOf('~u /other').mayFit(seen), false)
  assert.equal(interceptOf('~m POST & ~b card').mayFit(seen), false)
  assert.equal(interceptOf('~u /pay & ~b card').mayFit(seen), true)
  assert.equal(interceptOf('~u /pay & !~b card').mayFit(seen), true)
  assert.equal(interceptOf('~u /pay & ~b card').fits(seen), false)
  assert.equal(interceptOf('~u /pay & ~b card').fits({ ...seen, requestBody: body('a card') }), true)
})

test('~q is a request, ~s and ~c a response', () => {
  const request = { connection, request: requestTo('/') }
  const response = { ...request, response: answered(404) }
  assert.deepEqual([request, response].map(interceptOf('~q').fits), [true, false])
  assert.deepEqual([request, response].map(interceptOf('~s').fits), [false, true])
  assert.deepEqual([request, response].map(interceptOf('~c 4xx').fits), [false, true])
})

test('a message of a WebSocket fits by what it says', () => {
  const data = { direction: 'to-server', bytes: body('{"buy":1}') } as const
  const seen = { connection, request: requestTo('/chat'), data }
  assert.equal(interceptOf('~websocket').fits(seen), true)
  assert.equal(interceptOf('~bq buy').fits(seen), true)
  assert.equal(interceptOf('~bs buy').fits(seen), false)
})

test('what is no filter is refused', () => {
  assert.throws(() => interceptOf('~nothing x'), FilterError)
})
