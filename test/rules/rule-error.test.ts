import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RuleError } from '../../src/rules/rule-error.ts'

test('a mistake says what was expected where, counted from 1', () => {
  const error = new RuleError(4, 'a value', 'the end')
  assert.equal(error.message, 'expected a value at 5, found the end')
  assert.equal(error.position, 4)
})
