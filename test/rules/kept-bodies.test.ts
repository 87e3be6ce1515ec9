import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepBodies } from '../../src/rules/kept-bodies.ts'

test('a body is kept until it is forgotten', () => {
  const kept = keepBodies()
  kept.keep(1, Buffer.from('a'))
  assert.equal(String(kept.take(1)), 'a')
  kept.forget(1)
  kept.forget(1)
  assert.equal(kept.take(1), undefined)
})

test('no more is held than allowed: the oldest go', () => {
  const kept = keepBodies(10)
  for (const exchange of [1, 2, 3]) kept.keep(exchange, Buffer.alloc(4))
  assert.deepEqual(
    [1, 2, 3].map(exchange => kept.take(exchange)?.length),
    [undefined, 4, 4],
  )
  kept.keep(3, Buffer.alloc(6))
  assert.deepEqual(
    [2, 3].map(exchange => kept.take(exchange)?.length),
    [4, 6],
  )
  kept.keep(4, Buffer.alloc(11))
  assert.equal(kept.take(4), undefined)
})
