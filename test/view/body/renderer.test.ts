import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isCut, mostTextBytes } from '../../../src/view/body/renderer.ts'

test('a body is cut when its end is missing or too far to be read', () => {
  assert.equal(isCut({ bytes: new Uint8Array(3), mediaType: '' }), false)
  assert.equal(isCut({ bytes: new Uint8Array(3), mediaType: '', cut: true }), true)
  assert.equal(isCut({ bytes: new Uint8Array(mostTextBytes + 1), mediaType: '' }), true)
})
