import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderHex } from '../../../src/view/body/hex.ts'
import { render } from './render.ts'

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
