import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { u16, u24, u31, u32 } from '../../src/wire/bytes.ts'

test('numbers are read as Node reads them, at any offset', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 4, maxLength: 12 }), fc.nat({ max: 8 }), (bytes, from) => {
      const [at, node] = [Math.min(from, bytes.length - 4), Buffer.from(bytes)]
      assert.equal(u16(bytes, at), node.readUInt16BE(at))
      assert.equal(u24(bytes, at), node.readUIntBE(at, 3))
      assert.equal(u32(bytes, at), node.readUInt32BE(at))
      assert.equal(u31(bytes, at), node.readUInt32BE(at) % 2 ** 31)
    }),
  )
})

test('the highest bit makes no number negative', () => {
  const bytes = Uint8Array.of(255, 255, 255, 255)
  assert.deepEqual(
    [u16, u24, u31, u32].map(read => read(bytes, 0)),
    [0xffff, 0xff_ffff, 0x7fff_ffff, 0xffff_ffff],
  )
})
