import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderHex } from '../../../src/view/body/hex.ts'

test('a long body is cut and says its length', () => {
  const lines = renderHex({ bytes: new Uint8Array(1000), mediaType: '' }, 3)!
  assert.equal(lines.length, 3)
  assert.equal(lines.at(-1), '… 1000 bytes in all')
})

test('a body that fits is whole', () => {
  assert.equal(renderHex({ bytes: new Uint8Array(48), mediaType: '' }, 3)!.length, 3)
  assert.match(renderHex({ bytes: new Uint8Array(48), mediaType: '' }, 3)![2]!, /^00000020/)
})
