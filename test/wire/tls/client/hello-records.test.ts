import assert from 'node:assert/strict'
import { test } from 'node:test'
import { helloRecords } from '../../../../src/wire/tls/client/hello-records.ts'

const message = Buffer.from('abcdefgh')
const cut = (...lengths: readonly number[]): string[] => {
  const parts: string[] = []
  const records = helloRecords(message, 0x0301, lengths)
  for (let at = 0; at < records.length; ) {
    assert.deepEqual([...records.subarray(at, at + 3)], [22, 3, 1])
    const end = at + 5 + records.readUInt16BE(at + 3)
    parts.push(records.toString('latin1', at + 5, end))
    at = end
  }
  return parts
}

test('a hello is cut as its client cut it', () => {
  assert.deepEqual(cut(), ['abcdefgh'])
  assert.deepEqual(cut(8), ['abcdefgh'])
  assert.deepEqual(cut(3, 5), ['abc', 'defgh'])
  assert.deepEqual(cut(1, 1, 1, 1, 1, 1, 1, 1), [...'abcdefgh'])
})

test('one that has become longer or shorter is still sent whole, and without empty records', () => {
  assert.deepEqual(cut(2), ['abcdefgh'])
  assert.deepEqual(cut(2, 2), ['ab', 'cdefgh'])
  assert.deepEqual(cut(5, 5, 5), ['abcde', 'fgh'])
  assert.deepEqual(cut(8, 5), ['abcdefgh'])
  assert.deepEqual(cut(0, 3, 0, 5), ['abc', 'defgh'])
})
