import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderCss } from '../../../src/view/body/css.ts'
import { damage, render } from './render.ts'

test('minified CSS has a line for every declaration', () => {
  const css = 'a{b:c;d:e}'.repeat(50)
  assert.deepEqual(render(renderCss, css)!.slice(0, 4), ['a{', '  b:c;', '  d:e', '}'])
  assert.deepEqual(render(renderCss, 'a { b: c }'), ['a { b: c }'])
  damage(renderCss, Buffer.from(css))
})
