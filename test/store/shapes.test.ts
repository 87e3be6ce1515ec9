import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { connectionNumbered, exchangeNumbered } from '../../src/store/shapes.ts'
import { anyConnection, anyExchange, connectionOf, exchangeOf } from './samples.ts'

test('what the model allows has its shape', () => {
  fc.assert(
    fc.property(anyExchange, anyConnection, (exchange, connection) => {
      assert.ok(exchangeNumbered(0)(exchange))
      assert.ok(connectionNumbered(0)(connection))
    }),
  )
})

test('the number must be that of the row', () => {
  assert.ok(connectionNumbered(4)(connectionOf(4)))
  assert.ok(!connectionNumbered(5)(connectionOf(4)))
  assert.ok(!exchangeNumbered(5)(exchangeOf(4)))
})

test('a member of another type, or an enumeration with a word of its own, has not', () => {
  const wrong: object[] = [
    { client: null },
    { client: { remote: { address: 1, port: 2 } } },
    { treatment: '\x1b]52;c;AAAA\x07' },
    { entrance: 'quic' },
    { openedAt: 1e300 },
    { problems: [{ code: 'a/b', blame: 'nobody', message: '' }] },
    { problems: 'x' },
    { client: { closed: { at: 1, by: 'client', how: 'shout' } } },
  ]
  for (const change of wrong)
    assert.ok(!connectionNumbered(4)({ ...connectionOf(4), ...change }), JSON.stringify(change))
  assert.ok(!exchangeNumbered(4)({ ...exchangeOf(4), problems: [1] }))
  assert.ok(!exchangeNumbered(4)({ ...exchangeOf(4), request: { ...exchangeOf(4).request, trailers: [['a']] } }))
})
