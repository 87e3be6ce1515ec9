import assert from 'node:assert/strict'
import { test } from 'node:test'
import { imageFacts, renderImage } from '../../../src/view/body/image.ts'

const png = Buffer.concat([
  Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
  Buffer.from('0000000d49484452000002800000 01e0'.replace(/ /g, ''), 'hex'),
])
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0001108012c019003012200', 'hex')

test('formats tell their pixels', () => {
  assert.deepEqual(imageFacts(png), { format: 'PNG', width: 640, height: 480 })
  assert.deepEqual(imageFacts(jpeg), { format: 'JPEG', height: 300, width: 400 })
  assert.deepEqual(imageFacts(Buffer.from('GIF89a\x05\x00\x07\x00', 'latin1')), { format: 'GIF', width: 5, height: 7 })
})

test('an image cut anywhere is a fact less, never an error', () => {
  for (const image of [png, jpeg])
    for (let end = 0; end <= image.length; end++) assert.doesNotThrow(() => imageFacts(image.subarray(0, end)))
})

test('what is no image is left to another renderer', () => {
  assert.equal(renderImage({ bytes: Buffer.from('hello'), mediaType: '' }, 10), undefined)
})
