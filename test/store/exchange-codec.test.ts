import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Exchange, Header, RequestHead } from '../../src/model/exchange.ts'
import { decodeExchange, encodeExchange } from '../../src/store/exchange-codec.ts'
import { anyExchange, exchangeOf } from './samples.ts'

test('every exchange comes back as it was', () => {
  fc.assert(
    fc.property(anyExchange, exchange => {
      assert.deepEqual(decodeExchange(encodeExchange(exchange)), exchange)
    }),
    { numRuns: 300 },
  )
})

test('the encoding is shorter than JSON of the value', () => {
  const exchange = exchangeOf(1)
  assert(encodeExchange(exchange).length < JSON.stringify(exchange).length * 0.7)
})

test('a server that got other headers than the client sent is kept by what differs, wherever that stands', () => {
  const header = fc.constantFrom<Header>(['a', '1'], ['a', '2'], ['b', '1'], ['x-parley', 'yes'])
  const headers = fc.array(header, { maxLength: 6 })
  fc.assert(
    fc.property(headers, headers, fc.constantFrom('GET', 'POST'), (sent, got, method) => {
      const exchange = asked(sent, { headers: got, method })
      assert.deepEqual(decodeExchange(encodeExchange(exchange)), exchange)
    }),
  )
  const long = Array.from({ length: 40 }, (_, i): Header => [`name-${i}`, 'value'])
  const lengthOf = (got: readonly Header[]): number => encodeExchange(asked(long, { headers: got })).length
  assert(lengthOf([...long, ['x-parley', 'yes']]) < lengthOf(long) + 30)
})

/** What the client sent, and what the server got in its place. */
function asked(headers: readonly Header[], changes: Partial<RequestHead>): Exchange {
  const { server: _, ...exchange } = exchangeOf(1)
  const { raw: __, ...start } = exchange.request.head
  const head = { ...start, method: 'GET', headers }
  const request = { ...exchange.request, head }
  return { ...exchange, request, server: { request: { ...request, head: { ...head, ...changes } }, informational: [] } }
}
