import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wrap } from '../../src/view/wrap.ts'

test('lines break between words', () => {
  assert.deepEqual(wrap('one two three', 8), ['one two', 'three'])
})

test('a word that is too long is cut', () => {
  assert.deepEqual(wrap('a verylongword b', 6), ['a', 'veryl…', 'b'])
})

test('no text is no line', () => {
  assert.deepEqual(wrap('', 10), [])
})
