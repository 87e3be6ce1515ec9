import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compilePattern } from '../../../../src/export/html/page/pattern.ts'

test('a pattern is a regular expression, and letter case does not count', () => {
  assert.equal(compilePattern('^a.c$').test('ABC'), true)
  assert.equal(compilePattern('^a.c$').test('abcd'), false)
  assert.throws(() => compilePattern('('), SyntaxError)
})
