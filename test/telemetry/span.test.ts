import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present, spanBetween } from '../../src/telemetry/span.ts'

test('there is a span only between two times that follow each other', () => {
  assert.deepEqual(spanBetween('a', 1, 2), {
    name: 'a',
    kind: 'internal',
    attributes: {},
    children: [],
    start: 1,
    end: 2,
  })
  for (const [start, end] of [
    [undefined, 2],
    [1, undefined],
    [2, 1],
  ] as const)
    assert.equal(spanBetween('a', start, end), undefined)
  assert.deepEqual(present([1, undefined, 2]), [1, 2])
})
