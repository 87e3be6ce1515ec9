import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderText } from '../../../src/view/body/text.ts'

test('text is read in its charset', () => {
  const input = { bytes: Uint8Array.of(0x4b, 0xf6, 0x6c, 0x6e, 0x0a, 0x78), mediaType: 'text/plain', charset: 'latin1' }
  assert.deepEqual(renderText(input, 10), ['Köln', 'x'])
})

test('an unknown charset reads as UTF-8', () => {
  assert.deepEqual(renderText({ bytes: Buffer.from('ö'), mediaType: '', charset: 'klingon' }, 10), ['ö'])
})
