import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBody, tls12, tls13 } from './read-body.ts'

test('all of the body is verify_data, whatever its length', () => {
  for (const [length, context] of [
    [12, tls12()],
    [32, tls13],
    [48, tls13],
    [36, { version: 0x0300 }],
  ] as const) {
    const { value } = readBody(20, 'ab'.repeat(length), context)
    assert.ok(value.name === 'finished')
    assert.equal(value.verifyData.length, length)
  }
})
