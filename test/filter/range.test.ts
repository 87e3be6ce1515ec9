import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRange } from '../../src/filter/range.ts'

test('units count in bytes and milliseconds', () => {
  assert.deepEqual(parseRange('size', '>1m'), { from: { value: 1_048_576, open: true } })
  assert.deepEqual(parseRange('dur', '<=1.5s'), { to: { value: 1500, open: false } })
  assert.deepEqual(parseRange('c', '5XX'), { from: { value: 500, open: false }, to: { value: 599, open: false } })
})

test('a unit of another kind, a reversed range or rubbish is no range', () => {
  for (const text of ['1s', '5-1', '>', '', '1-2-3', 'x', '=1', '-1', '5xx']) {
    assert.equal(parseRange('size', text), undefined, text)
  }
  assert.equal(parseRange('c', '4m'), undefined)
  assert.equal(parseRange('c', '1constructor'), undefined)
})
