import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pngPixels } from '../../../src/formats/image/png-pixels.ts'
import { png } from './make.ts'

function pixelsOf(bytes: Uint8Array): string[][] {
  const pixels = pngPixels(bytes)
  if (typeof pixels === 'string') throw new Error(pixels)
  return Array.from({ length: pixels.height }, (_, y) =>
    Array.from({ length: pixels.width }, (__, x) => pixels.at(x, y).toString(16).padStart(8, '0')),
  )
}

test('every colour type, at its depths', () => {
  assert.deepEqual(pixelsOf(png(2, 1, 8, 6, [[0, 1, 2, 3, 4, 255, 254, 253, 252]])), [['01020304', 'fffefdfc']])
  assert.deepEqual(pixelsOf(png(1, 1, 16, 2, [[0, 1, 9, 2, 9, 3, 9]])), [['010203ff']])
  assert.deepEqual(pixelsOf(png(1, 1, 16, 4, [[0, 7, 0, 9, 0]])), [['07070709']])
  assert.deepEqual(pixelsOf(png(3, 1, 1, 0, [[0, 0b10100000]])), [['ffffffff', '000000ff', 'ffffffff']])
  assert.deepEqual(pixelsOf(png(2, 1, 4, 0, [[0, 0x0f]])), [['000000ff', 'ffffffff']])
  const palette = [1, 2, 3, 4, 5, 6]
  assert.deepEqual(pixelsOf(png(2, 1, 2, 3, [[0, 0b01000000]], { palette, transparent: [9] })), [
    ['040506ff', '01020309'],
  ])
})

test('a colour can be transparent', () => {
  assert.deepEqual(pixelsOf(png(2, 1, 8, 0, [[0, 5, 6]], { transparent: [0, 5] })), [['05050500', '060606ff']])
  assert.deepEqual(pixelsOf(png(1, 1, 8, 2, [[0, 1, 2, 3]], { transparent: [0, 1, 0, 2, 0, 3] })), [['01020300']])
})

test('the five filters are undone', () => {
  const rows = [
    [1, 10, 5, 5],
    [2, 1, 1, 1],
    [3, 1, 1, 1],
    [4, 1, 1, 1],
    [0, 7, 8, 9],
  ]
  // Sub: sums from the left. Up: one more than above. Average: floor((left + up) / 2) + 1. Paeth: the nearest + 1.
  assert.deepEqual(
    pixelsOf(png(3, 5, 8, 0, rows)).map(row => row.map(pixel => Number.parseInt(pixel.slice(0, 2), 16))),
    [
      [10, 15, 20],
      [11, 16, 21],
      [6, 12, 17],
      [7, 13, 18],
      [7, 8, 9],
    ],
  )
})

test('a file cut short shows its first rows', () => {
  const rows = Array.from({ length: 64 }, (_, y) => [
    0,
    ...Array.from({ length: 64 }, (__, x) => (x * x * 7 + y * 131) % 251),
  ])
  const whole = png(64, 64, 8, 0, rows)
  const pixels = pngPixels(whole.subarray(0, Math.floor(whole.length * 0.6)))
  assert.ok(typeof pixels !== 'string')
  assert.notEqual(pixels.at(5, 0), 0)
  assert.equal(pixels.at(5, 63), 0)
})

test('what is not drawn is said', () => {
  assert.match(pngPixels(png(1, 1, 8, 0, [], { interlaced: true })) as string, /interlaced/)
  assert.match(pngPixels(png(1, 1, 3, 0, [])) as string, /not valid/)
  assert.match(pngPixels(png(0, 1, 8, 0, [])) as string, /not valid/)
  assert.match(pngPixels(png(100_000, 100_000, 8, 6, [])) as string, /too large/)
  const allowance = { left: 12 } // a row of three RGB pixels and its filter take 10
  assert.notEqual(typeof pngPixels(png(3, 1, 8, 2, [[0, 0, 0, 0, 0, 0, 0, 0, 0]]), allowance), 'string')
  assert.equal(allowance.left, 2)
  assert.match(pngPixels(png(3, 1, 8, 2, [[0, 0, 0, 0, 0, 0, 0, 0, 0]]), allowance) as string, /too large/)
  assert.match(pngPixels(Buffer.from('\x89PNG')) as string, /ends before/)
})

test('more pixels than the header says are not unpacked', () => {
  assert.match(pngPixels(png(1, 1, 8, 0, [Array.from({ length: 1_000_000 }, () => 0)])) as string, /cannot be unpacked/)
})
