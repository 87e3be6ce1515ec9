import assert from 'node:assert/strict'
import { test } from 'node:test'
import { complete } from '../../src/filter/complete.ts'

test('after a tilde come the operators that start so', () => {
  assert.deepEqual(complete('a & ~s', 6), ['~s', '~size', '~sni', '~src'])
  assert.equal(complete('~', 1).includes('~differs'), true)
})

test('after an operator come its values', () => {
  assert.deepEqual(complete('~m p', 4), ['POST', 'PUT', 'PATCH'])
  assert.deepEqual(complete('~proto ', 7), ['h2', 'http/1.1', 'websocket', 'opaque'])
})

test('only what stands before the cursor counts', () => {
  assert.deepEqual(complete('~m p', 2), ['~m', '~marked'])
})

test('a bare word has no completion', () => {
  assert.deepEqual(complete('exam', 4), [])
  assert.deepEqual(complete('~d exam', 7), [])
  assert.deepEqual(complete('~zz x', 5), [])
})
