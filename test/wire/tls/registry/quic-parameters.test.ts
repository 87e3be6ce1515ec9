import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isReservedQuicParameter,
  quicIntegers,
  quicParameters,
} from '../../../../src/wire/tls/registry/quic-parameters.ts'

test('27, 58 and 89 are reserved, 0 and 31 are not', () => {
  assert.deepEqual([27n, 58n, 89n, 0n, 31n].map(isReservedQuicParameter), [true, true, true, false, false])
})

test('every integer parameter has a name', () => {
  for (const id of quicIntegers) assert.ok(quicParameters[id])
})
