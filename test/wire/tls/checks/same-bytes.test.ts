import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sameBytes } from '../../../../src/wire/tls/checks/same-bytes.ts'

test('bytes are the same by value, whatever they are a view of', () => {
  const whole = Uint8Array.of(0, 1, 2, 3)
  assert.ok(sameBytes(whole.subarray(1, 3), Buffer.from([1, 2])))
  assert.ok(!sameBytes(whole.subarray(1, 3), Buffer.from([1, 3])))
  assert.ok(!sameBytes(whole.subarray(1, 3), Buffer.from([1])))
})
