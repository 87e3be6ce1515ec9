import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readChangeCipherSpec } from '../../../../src/wire/tls/read-message.ts'
import { fromHex } from '../tls-fixtures.ts'

test('it is a byte of 1 and nothing else', () => {
  assert.deepEqual(readChangeCipherSpec(fromHex('01')).value, { name: 'change_cipher_spec' })
  for (const bytes of ['', '00', '0101']) assert.match(readChangeCipherSpec(fromHex(bytes)).malformed!, / at byte \d$/)
})
