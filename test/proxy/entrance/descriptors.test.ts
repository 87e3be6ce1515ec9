import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { DescriptorWatch } from '../../../src/proxy/entrance/descriptors.ts'

const numbered = (fd: number): Socket => ({ _handle: { fd } }) as unknown as Socket

test('the last eighth of few descriptors, or 32 of many, are kept for those who are in', () => {
  for (const [limit, lastFree] of [
    [64, 55],
    [1024, 991],
  ] as const) {
    const watch = new DescriptorWatch({ descriptors: () => limit })
    assert.deepEqual([watch.isShort(numbered(lastFree), 9), watch.isShort(numbered(lastFree + 1), 9)], [false, true])
  }
})

test('a person is told once a minute', () => {
  const told: string[] = []
  let now = 0
  const watch = new DescriptorWatch({ descriptors: () => 64, trouble: text => told.push(text) }, () => now)
  for (const at of [0, 1000, 59_000, 61_000]) {
    now = at
    watch.isShort(numbered(60), 9)
  }
  assert.equal(told.length, 2)
  assert.match(told[0]!, /nearly all of 64 file descriptors .*ulimit -n/)
})

test('the limit is asked for once, and only when it may be near', () => {
  let asked = 0
  const watch = new DescriptorWatch({ descriptors: () => ++asked * 64 })
  for (const fd of [-1, 5, 39]) watch.isShort(numbered(fd), 9)
  assert.equal(asked, 0)
  for (const fd of [41, 42]) watch.isShort(numbered(fd), 9)
  assert.equal(asked, 1)
})

test('as many clients as once were too many are too many for ten seconds, whatever number the next one gets', () => {
  let now = 0
  const watch = new DescriptorWatch({ descriptors: () => 64 }, () => now)
  assert.equal(watch.isShort(numbered(57), 20), true)
  assert.deepEqual([watch.isShort(numbered(30), 20), watch.isShort(numbered(30), 19)], [true, false])
  now = 10_001
  assert.equal(watch.isShort(numbered(30), 20), false)
})
