import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HpackDecoder } from '../../../../src/wire/http2/hpack/decoder.ts'
import { kindOf, nameCoded, neverIndexed, valueCoded } from '../../../../src/wire/http2/hpack/way.ts'

test('the way of a field has its kind, and which of its strings are Huffman coded', () => {
  const decoder = new HpackDecoder()
  decoder.decode(Buffer.from('82' + '408825a849e95ba97d7f0161' + '100161811f', 'hex'))
  assert.deepEqual([...decoder.ways], [0, 1 | nameCoded, neverIndexed | valueCoded])
  assert.deepEqual([...decoder.ways].map(kindOf), [0, 1, 3])
})
