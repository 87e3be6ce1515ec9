import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inRange, isWhole } from '../../src/export/exporter.ts'
import { parseFilter } from '../../src/filter/parser.ts'

test('a selection without bounds is all; a range is after one flow and up to another', () => {
  assert.deepEqual([{}, { filter: parseFilter('') }, { after: 0 }].map(isWhole), [true, true, true])
  assert.deepEqual([{ ids: new Set<number>() }, { upTo: 3 }, { filter: parseFilter('~c 404') }].map(isWhole), [
    false,
    false,
    false,
  ])
  assert.deepEqual(
    [1, 2, 3, 4].map(id => inRange({ after: 1, upTo: 3 }, id)),
    [false, true, true, false],
  )
})
