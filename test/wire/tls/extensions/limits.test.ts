import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readOne } from './read-one.ts'

test('limits are bytes', () => {
  assert.equal(readOne(1, 'client_hello', '04').shown, '4096 bytes (0x04)')
  assert.equal(readOne(1, 'client_hello', '09').shown, '0x09')
  assert.equal(readOne(28, 'client_hello', '4001').shown, '16385 bytes')
})

test('padding that is not zero says so', () => {
  assert.equal(readOne(21, 'client_hello', '0000').shown, '2 bytes')
  assert.equal(readOne(21, 'client_hello', '0001').shown, '2 bytes, not all zero')
})
