import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BinaryReader } from '../../src/formats/binary-reader.ts'
import { MalformedError } from '../../src/wire/reader.ts'

test('numbers are read one behind the other', () => {
  const reader = new BinaryReader(Uint8Array.of(1, 0xff, 0xfe, 0, 0, 0, 7, 0x41))
  assert.equal(reader.u8(), 1)
  assert.equal(reader.i16(), -2)
  assert.equal(reader.u32(), 7)
  assert.equal(reader.text(1), 'A')
  assert.equal(reader.left, 0)
  assert.equal(reader.peek(), undefined)
})

test('a read past the end names the place', () => {
  const reader = new BinaryReader(Uint8Array.of(1, 2))
  reader.u8()
  assert.throws(
    () => reader.u64(),
    error => error instanceof MalformedError && error.offset === 1,
  )
  assert.throws(() => reader.bytes(Number.MAX_SAFE_INTEGER), MalformedError)
})
