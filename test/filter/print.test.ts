import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFilter } from '../../src/filter/parser.ts'
import { printFilter } from '../../src/filter/print.ts'

test('operators are spelt out, and parentheses stand only around chains within', () => {
  assert.equal(printFilter(parseFilter('a !~q (~c 4xx | ~m GET)')), '~u a & !~q & (~c 400-499 | ~m GET)')
  assert.equal(printFilter(parseFilter('')), '~all')
})
