import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryLines, queryOf } from '../../../src/view/body/query.ts'
import { texts } from './render.ts'

test('a query is a table of what it says', () => {
  assert.deepEqual(texts(queryLines('/a?x=%C3%B6&y=1+2&x=%1b#z=1')), ['x = ö', 'y = 1 2', 'x = \\x1b'])
})

test('a target without a query has none', () => {
  assert.equal(queryLines('/a'), undefined)
  assert.equal(queryLines('/a?'), undefined)
  assert.equal(queryOf('/a?b?c'), 'b?c')
})
