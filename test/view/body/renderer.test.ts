import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstLines, mostTextBytes, textOf } from '../../../src/view/body/renderer.ts'

test('lines that fit are all shown', () => {
  assert.deepEqual(firstLines(['a', 'b'], 2), ['a', 'b'])
})

test('the last line counts those left out', () => {
  assert.deepEqual(firstLines(['a', 'b', 'c'], 2), ['a', '… 2 more lines'])
})

test('a huge text is read in part', () => {
  assert.equal(textOf({ bytes: new Uint8Array(mostTextBytes + 10).fill(0x61), mediaType: '' }).length, mostTextBytes)
})
