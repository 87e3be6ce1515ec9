import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
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
