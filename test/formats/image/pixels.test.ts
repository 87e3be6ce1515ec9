import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rgba } from '../../../src/formats/image/pixels.ts'

test('a colour is one number without a sign', () => {
  assert.equal(rgba(255, 1, 2, 3), 0xff010203)
})
