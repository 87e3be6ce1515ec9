import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FilterError } from '../../src/filter/filter-error.ts'

test('the sentence counts positions from one, the field from zero', () => {
  const error = new FilterError(4, 'a word', 'the end')
  assert.equal(error.message, 'expected a word at 5, found the end')
  assert.equal(error.position, 4)
})
