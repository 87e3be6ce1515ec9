import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderHex, renderText } from '../../../src/view/body/plain.ts'
import { render } from './render.ts'

test('text in another charset says which', () => {
  const bytes = Uint8Array.of(0x4b, 0xf6, 0x6c, 0x6e, 0x0a, 0x78)
  assert.deepEqual(render(renderText, bytes, { charset: 'latin1' }), ['text in windows-1252', 'Köln', 'x'])
})

test('an unknown charset reads as UTF-8', () => {
  assert.deepEqual(render(renderText, 'ö', { charset: 'klingon' }), ['ö'])
})

test('a long body is cut and says its length', () => {
  const lines = render(renderHex, new Uint8Array(1000), { maxLines: 3 })!
  assert.equal(lines.length, 3)
  assert.equal(lines.at(-1), '… 1000 bytes in all')
})

test('a body that fits is whole', () => {
  const lines = render(renderHex, new Uint8Array(48), { maxLines: 3 })!
  assert.equal(lines.length, 3)
  assert.match(lines[2]!, /^00000020/)
})
