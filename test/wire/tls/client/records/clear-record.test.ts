import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clearRecord } from '../../../../../src/wire/tls/client/records/clear-record.ts'

test('a record in clear is its header and its content', () => {
  assert.equal(clearRecord(21, 0x0301, Buffer.of(2, 40)).toString('hex'), '15030100020228')
})
