import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maxFragment } from '../../../../../src/wire/tls/client/records/limits.ts'

test('a record of TLS 1.3 may grow by 256 bytes, one before it by 2,048', () => {
  assert.deepEqual([0x0301, 0x0303, 0x0304].map(maxFragment), [18_432, 18_432, 16_640])
})
