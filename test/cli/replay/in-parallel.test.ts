import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { inParallel } from '../../../src/cli/replay/in-parallel.ts'

test('no more than so many at a time, and the results in the order of the items', async () => {
  let [now, most] = [0, 0]
  const results = await inParallel([5, 1, 4, 2, 3], 2, async (item, index) => {
    most = Math.max(most, ++now)
    await setTimeout(item)
    now--
    return `${index}:${item}`
  })
  assert.deepEqual(results, ['0:5', '1:1', '2:4', '3:2', '4:3'])
  assert.equal(most, 2)
  assert.deepEqual(await inParallel([], 3, async () => 1), [])
})
