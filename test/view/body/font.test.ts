import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderFont } from '../../../src/view/body/font.ts'
import { sfnt, woff, woff2 } from '../../formats/font/make.ts'
import { damage, render } from './render.ts'

test('a font tells its names, the English one where there are several', () => {
  for (const [font, format] of [
    [sfnt(), 'TrueType'],
    [woff(), 'WOFF'],
    [woff2(), 'WOFF2'],
  ] as const)
    assert.deepEqual(render(renderFont, font), [
      `${format} font, 3 tables, ${font.length} B`,
      'family       = Par',
      'style        = Mac',
      'glyphs       = 321',
      'units per em = 1000',
    ])
})

test('damage is never an error, what is no font is left to another renderer', () => {
  for (const font of [sfnt(), woff(), woff2()]) damage(renderFont, font)
  assert.equal(render(renderFont, 'hello'), undefined)
})
