import assert from 'node:assert/strict'
import { test } from 'node:test'
import { percentile } from '../../src/view/percentile.ts'

test('the nearest rank, in whatever order they come', () => {
  const values = [9, 1, 10, 2, 8, 3, 7, 4, 6, 5]
  assert.deepEqual(
    [0, 1, 50, 95, 100].map(percent => percentile(values, percent)),
    [1, 1, 5, 10, 10],
  )
  assert.equal(percentile([7], 50), 7)
  assert.equal(percentile([], 50), undefined)
})
