import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clearRecord } from '../../../../../src/wire/tls/client/records/clear-record.ts'

test('a record in clear is its header and its content', () => {
  assert.equal(clearRecord(21, 0x0301, Buffer.of(2, 40)).toString('hex'), '15030100020228')
})

test('what is too long for a record is in two', () => {
  const content = Buffer.alloc(16_385, 7)
  const records = clearRecord(22, 0x0303, content)
  assert.equal(records.length, 5 + 16_384 + 5 + 1)
  assert.equal(records.toString('hex', 0, 6), '160303400007')
  assert.equal(records.toString('hex', 5 + 16_384), '160303000107')
  assert.equal(clearRecord(22, 0x0303, content.subarray(1)).length, 5 + 16_384)
  assert.equal(clearRecord(22, 0x0303, Buffer.alloc(0)).toString('hex'), '1603030000')
})
