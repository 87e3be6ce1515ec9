import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bmpPixels } from '../../../src/formats/image/bmp-pixels.ts'
import { bmp } from './make.ts'

const at = (bytes: Uint8Array) => {
  const pixels = bmpPixels(bytes)
  if (typeof pixels === 'string') throw new Error(pixels)
  return [0, 1].flatMap(y => [0, 1].map(x => (pixels.at(x, y) >>> 8).toString(16).padStart(6, '0')))
}

test('the last row comes first, unless the height is negative', () => {
  assert.deepEqual(at(bmp), ['0000ff', '00ff00', 'ff0000', 'ffffff'])
  const flipped = Buffer.from(bmp)
  flipped.writeInt32LE(-2, 22)
  assert.deepEqual(at(flipped), [...at(bmp).slice(2), ...at(bmp).slice(0, 2)])
  assert.deepEqual(at(flipped).slice(0, 2), ['ff0000', 'ffffff'])
})

test('palettes are looked up', () => {
  const small = Buffer.concat([
    bmp.subarray(0, 54),
    Buffer.from('0302010006050400', 'hex'),
    Buffer.from('4000000080000000', 'hex'),
  ])
  small.writeUInt32LE(62, 10)
  small.writeUInt16LE(1, 28)
  assert.deepEqual(at(small), ['040506', '010203', '010203', '040506'])
})

test('what is not drawn is said', () => {
  const packed = Buffer.from(bmp)
  packed.writeUInt32LE(1, 30)
  assert.match(bmpPixels(packed) as string, /compressed/)
  assert.match(bmpPixels(bmp.subarray(0, 40)) as string, /ends before/)
  assert.equal(at(bmp.subarray(0, 60))[0], '000000')
})
