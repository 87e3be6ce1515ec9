import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderText } from '../../../src/view/body/text.ts'
import { render } from './render.ts'

test('text in another charset says which', () => {
  const bytes = Uint8Array.of(0x4b, 0xf6, 0x6c, 0x6e, 0x0a, 0x78)
  assert.deepEqual(render(renderText, bytes, { charset: 'latin1' }), ['text in windows-1252', 'Köln', 'x'])
})

test('an unknown charset reads as UTF-8', () => {
  assert.deepEqual(render(renderText, 'ö', { charset: 'klingon' }), ['ö'])
})
