import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderImage } from '../../../src/view/body/image.ts'
import { bmp, gif, png } from '../../formats/image/make.ts'
import { damage, render } from './render.ts'

test('an image tells its facts and is drawn', () => {
  const lines = render(renderImage, gif)!
  assert.equal(lines[0], `GIF image, 10 × 10 pixels, 89a, 4 colours, ${gif.length} B`)
  assert.deepEqual(lines.slice(1), Array(5).fill('▀'.repeat(10)))
})

test('what is not drawn says why', () => {
  const lines = render(renderImage, Buffer.from('ffd8ffe0', 'hex'))!
  assert.match(lines[1]!, /not JPEG/)
  assert.match(render(renderImage, png(9, 9, 8, 0, [], { interlaced: true }))![1]!, /interlaced/)
})

test('what is no image is left to another renderer', () => {
  assert.equal(render(renderImage, 'hello'), undefined)
})

test('damage is never an error', () => {
  for (const image of [gif, bmp, png(4, 2, 8, 2, [Array(13).fill(0), Array(13).fill(4)])]) damage(renderImage, image)
})
