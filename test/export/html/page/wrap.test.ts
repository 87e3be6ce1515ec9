import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wrapped } from '../../../../src/export/html/page/wrap.ts'

test('lines are cut between words, and words where they do not fit', () => {
  assert.deepEqual(wrapped('one two three', 8), ['one two', 'three'])
  assert.deepEqual(wrapped('abcdefghij kl', 4), ['abcd', 'efgh', 'ij', 'kl'])
  assert.deepEqual(wrapped('', 4), [''])
  assert.deepEqual(wrapped('fits', 4), ['fits'])
  assert.deepEqual(wrapped('fits on', 7), ['fits on'])
})

test('wide characters take two columns, the signs of Parley one', () => {
  assert.deepEqual(wrapped('漢字漢字', 4), ['漢字', '漢字'])
  assert.deepEqual(wrapped('a→b✓', 4), ['a→b✓'])
})
