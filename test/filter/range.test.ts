import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inRange, parseRange } from '../../src/filter/range.ts'

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

test('an open bound leaves its value out, a closed one keeps it in', () => {
  const at = (text: string, value: number | undefined) => inRange(parseRange('c', text)!, value)
  assert.deepEqual([at('>400', 400), at('>=400', 400), at('<400', 400), at('<=400', 400)], [false, true, false, true])
  assert.deepEqual(
    [at('400-499', 399), at('400-499', 400), at('400-499', 499), at('400-499', 500)],
    [false, true, true, false],
  )
  assert.equal(at('>0', undefined), false)
})
