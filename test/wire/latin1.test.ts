import assert from 'node:assert/strict'
import { test } from 'node:test'
import { latin1 } from '../../src/wire/latin1.ts'

test('every octet becomes the character of its number', () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i)
  assert.equal(latin1(all), String.fromCharCode(...all))
})

test('start and end count from the view, not from its buffer', () => {
  assert.equal(latin1(Uint8Array.from([120, 97, 98, 99]).subarray(1), 1, 3), 'bc')
})
