import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byteFormats } from '../../../src/view/copy/bytes.ts'

test('bytes are written as hex, base64 and a C array, every one of them', () => {
  const bytes = Uint8Array.from({ length: 14 }, (_, i) => i * 19)
  assert.equal(byteFormats.hex(bytes), Buffer.from(bytes).toString('hex'))
  assert.deepEqual(new Uint8Array(Buffer.from(byteFormats.base64(bytes), 'base64')), bytes)
  const c = byteFormats.c(bytes)
  assert.match(c, /^unsigned char bytes\[14\] = \{\n {2}0x00, 0x13, /)
  assert.deepEqual(
    c.match(/0x(..)/g)?.map(each => Number(each)),
    [...bytes],
  )
  assert.equal(byteFormats.c(new Uint8Array()), 'unsigned char bytes[0] = {\n};\n')
})
