import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GrowingBytes } from '../../src/wire/growing-bytes.ts'

test('pieces come back in order, past the first size', () => {
  const growing = new GrowingBytes()
  for (let i = 0; i < 1000; i++) growing.append(Uint8Array.of(255, i & 255, 255), 1, 2)
  assert.equal(growing.length, 1000)
  assert.deepEqual(
    growing.take(),
    Uint8Array.from({ length: 1000 }, (_, i) => i & 255),
  )
})

test('what was taken is not written over by what is appended next', () => {
  const growing = new GrowingBytes()
  growing.append(Uint8Array.of(1, 2))
  const taken = growing.take()
  growing.append(Uint8Array.of(9, 9))
  assert.deepEqual(taken, Uint8Array.of(1, 2))
  assert.equal(growing.length, 2)
})
