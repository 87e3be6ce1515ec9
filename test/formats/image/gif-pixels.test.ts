import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gifPixels } from '../../../src/formats/image/gif-pixels.ts'
import { gif } from './make.ts'

const draw = (bytes: Uint8Array) => {
  const pixels = gifPixels(bytes)
  if (typeof pixels === 'string') throw new Error(pixels)
  const letters: Record<number, string> = { 4294967295: 'w', 4278190335: 'r', 65535: 'b', 0: '.' }
  return Array.from({ length: pixels.height }, (_, y) =>
    Array.from({ length: pixels.width }, (__, x) => letters[pixels.at(x, y)] ?? '?').join(''),
  )
}
const changed = (at: number, value: number) => {
  const copy = Buffer.from(gif)
  copy[at] = value
  return copy
}

const rows = [
  'rrrrrbbbbb',
  'rrrrrbbbbb',
  'rrrrrbbbbb',
  'rrrwwwwbbb',
  'rrrwwwwbbb',
  'bbbwwwwrrr',
  'bbbwwwwrrr',
  'bbbbbrrrrr',
  'bbbbbrrrrr',
  'bbbbbrrrrr',
]

test('the first frame is unpacked', () => {
  assert.deepEqual(draw(gif), rows)
})

test('an interlaced frame is put in order', () => {
  const order = [0, 8, 4, 2, 6, 1, 3, 5, 7, 9]
  const interlaced = draw(changed(gif.indexOf(0x2c, 30) + 9, 0x40))
  assert.deepEqual(
    order.map(line => interlaced[line]),
    rows,
  )
})

test('the transparent colour shows nothing', () => {
  const control = gif.indexOf('21f904', 0, 'hex')
  const copy = changed(control + 3, 1)
  copy[control + 6] = 1
  assert.equal(draw(copy)[0], '.....bbbbb')
})

test('a frame that lies outside of the screen or is cut short is drawn in part', () => {
  const cut = draw(gif.subarray(0, gif.length - 14))
  assert.equal(cut[0], rows[0])
  assert.equal(cut[9], '..........')
})

test('what cannot be drawn is said', () => {
  assert.match(gifPixels(Buffer.from('GIF89a')) as string, /no pixels/)
  assert.match(gifPixels(gif.subarray(0, 20)) as string, /ends before/)
})

test('any damage is drawn somehow', () => {
  for (let at = 6; at < gif.length; at++)
    for (const value of [0, 1, 0xff]) {
      const pixels = gifPixels(changed(at, value))
      if (typeof pixels !== 'string') assert.ok(Number.isInteger(pixels.at(0, 0)))
    }
})
