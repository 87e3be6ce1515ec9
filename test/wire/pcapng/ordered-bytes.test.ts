import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameRecords, OrderedBytes, optionsFrom } from '../../../src/wire/pcapng/ordered-bytes.ts'

const bytes = Buffer.from([1, 2, 3, 4, 5, 6, 7, 8])

test('numbers come in the order of their section, and are zero past the end', () => {
  const [little, big] = [new OrderedBytes(bytes, true), new OrderedBytes(bytes, false)]
  assert.deepEqual([little.u16(0), big.u16(0)], [0x0201, 0x0102])
  assert.deepEqual([little.u32(4), big.u32(4)], [0x08070605, 0x05060708])
  assert.deepEqual([little.u64(0), big.u64(0)], [0x0807060504030201n, 0x0102030405060708n])
  assert.deepEqual([little.u16(7), little.u32(5), little.u64(1)], [0, 0, 0n])
})

test('options end where they say so, or where they are cut; the first of each counts', () => {
  const options = Buffer.from([0, 2, 0, 1, 9, 0, 0, 0, 0, 2, 0, 1, 8, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 1, 7, 0, 0, 0])
  assert.deepEqual([...optionsFrom(new OrderedBytes(options, false), 0)], [[2, { at: 4, length: 1 }]])
  assert.equal(optionsFrom(new OrderedBytes(Buffer.from([0, 2, 0, 9, 1]), false), 0).size, 0)
})

test('records of names end at the one that says so', () => {
  const records = Buffer.from([0, 1, 0, 2, 65, 66, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0])
  assert.deepEqual([...nameRecords(new OrderedBytes(records, false))], [{ type: 1, at: 4, length: 2 }])
})
