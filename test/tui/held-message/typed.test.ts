import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forEditing, fromTyped } from '../../../src/tui/held-message/typed.ts'

test('bytes that are UTF-8 are edited as that, others as Latin-1 that stays where nothing is changed', () => {
  assert.equal(forEditing('Ã¼'), 'ü')
  assert.equal(fromTyped('ü'), 'Ã¼')
  assert.equal(forEditing('\xfc'), 'ü')
  assert.equal(fromTyped('ü', '\xfc'), '\xfc')
  assert.equal(fromTyped('üb', '\xfc'), 'Ã¼b')
})
