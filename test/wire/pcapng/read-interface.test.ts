import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OrderedBytes } from '../../../src/wire/pcapng/ordered-bytes.ts'
import { readInterface, timeOf } from '../../../src/wire/pcapng/read-interface.ts'

const body = (...options: readonly number[]) =>
  new OrderedBytes(Buffer.from([0, 113, 0, 0, 0, 0, 1, 0, ...options]), false)

test('without a word on it, times are in microseconds', () => {
  const described = readInterface(body())
  assert.deepEqual(described, { linkType: 113, snapLength: 256, unitsInMs: 1000, offset: 0 })
  assert.equal(timeOf(described, 1, 500), 4_294_967.296 + 0.5)
})

test('a resolution beyond all sense is bounded', () => {
  assert.equal(readInterface(body(0, 9, 0, 1, 127, 0, 0, 0)).unitsInMs, 1e15)
  assert.equal(readInterface(body(0, 9, 0, 1, 255, 0, 0, 0)).unitsInMs, 2 ** 60 / 1000)
})
