import assert from 'node:assert/strict'
import { test } from 'node:test'
import { imageFacts } from '../../../src/formats/image/facts.ts'
import { bmp, gif, png } from './make.ts'

const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffffc0001108012c019003012200021101031101', 'hex')

test('formats tell their pixels and colours', () => {
  const facts = (bytes: Uint8Array) => {
    const { format, width, height, details } = imageFacts(bytes)!
    return [format, `${width} × ${height}`, ...details].join(', ')
  }
  assert.equal(
    facts(png(640, 480, 8, 6, [], { interlaced: true })),
    'PNG, 640 × 480, RGB with alpha, 8 bits, interlaced',
  )
  assert.equal(facts(jpeg), 'JPEG, 400 × 300, colour, baseline, 8 bits')
  assert.equal(facts(gif), 'GIF, 10 × 10, 89a, 4 colours')
  assert.equal(facts(bmp), 'BMP, 2 × 2, 24 bits')
})

test('an image cut anywhere is a fact less, never an error', () => {
  for (const image of [png(1, 1, 8, 0, [[0, 0]]), jpeg, gif, bmp])
    for (let end = 0; end <= image.length; end++) assert.doesNotThrow(() => imageFacts(image.subarray(0, end)))
})

test('what is no image has no facts', () => {
  for (const text of ['hello', '', 'BMW', '<html><svg>']) assert.equal(imageFacts(Buffer.from(text)), undefined)
})
