import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scalarText, splitPacked } from '../../../src/formats/protobuf/scalars.ts'

const minusOne = { wire: 'varint', value: 2n ** 64n - 1n } as const

test('a value reads as its type says', () => {
  assert.equal(scalarText('int32', minusOne), '-1')
  assert.equal(scalarText('uint64', minusOne), '18446744073709551615')
  assert.equal(scalarText('sint32', { wire: 'varint', value: 3n }), '-2')
  assert.equal(scalarText('bool', { wire: 'varint', value: 1n }), 'true')
  assert.equal(scalarText('float', { wire: 'fixed32', value: 0x3fc00000 }), '1.5')
  assert.equal(scalarText('double', { wire: 'fixed64', value: 0x3ff8000000000000n }), '1.5')
  assert.equal(scalarText('sfixed32', { wire: 'fixed32', value: 0xffffffff }), '-1')
  assert.equal(scalarText('bytes', { wire: 'bytes', bytes: Uint8Array.of(1, 255) }), '01ff')
})

test('a value of another wire type, or of no scalar, is not forced', () => {
  assert.equal(scalarText('string', minusOne), undefined)
  assert.equal(scalarText('toString', minusOne), undefined)
  assert.equal(scalarText('int32', { wire: 'fixed32', value: 1 }), undefined)
})

test('packed values come out even or not at all', () => {
  assert.equal(splitPacked('fixed32', new Uint8Array(8))?.length, 2)
  assert.equal(splitPacked('double', new Uint8Array(9)), undefined)
  assert.equal(splitPacked('string', new Uint8Array(8)), undefined)
  assert.deepEqual(splitPacked('enum', Uint8Array.of(1, 2)), [
    { wire: 'varint', value: 1n },
    { wire: 'varint', value: 2n },
  ])
})
