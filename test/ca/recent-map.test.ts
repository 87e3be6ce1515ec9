import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RecentMap } from '../../ca/recent-map.ts'

test('the entry that was used longest ago makes room', () => {
  const map = new RecentMap<number>(2)
  map.keep('a', 1)
  map.keep('b', 2)
  assert.equal(map.recall('a'), 1)
  map.keep('c', 3)
  assert.equal(map.recall('b'), undefined)
  assert.equal(map.recall('a'), 1)
  assert.equal(map.recall('c'), 3)
})

test('to keep again changes the value and takes no room', () => {
  const map = new RecentMap<number>(2)
  map.keep('a', 1)
  map.keep('b', 2)
  map.keep('a', 3)
  assert.equal(map.recall('b'), 2)
  assert.equal(map.recall('a'), 3)
  map.forget('a')
  assert.equal(map.recall('a'), undefined)
})
