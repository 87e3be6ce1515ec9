import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BoundedMap, BoundedSet } from '../../src/wire/bounded-map.ts'

function filled(): BoundedMap<string, number> {
  const map = new BoundedMap<string, number>(3)
  for (const [value, key] of ['a', 'b', 'c'].entries()) map.set(key, value)
  return map
}

test('one entry too many pushes the oldest out, and a known key pushes none', () => {
  const map = filled().set('a', 7)
  assert.deepEqual([...map.keys()], ['a', 'b', 'c'])
  assert.deepEqual([...map.set('d', 3)], Object.entries({ b: 1, c: 2, d: 3 }))
})

test('what is used stays longer than what is only looked up', () => {
  const map = filled()
  assert.equal(map.use('a'), 0)
  assert.equal(map.get('b'), 1)
  map.set('d', 3)
  assert.deepEqual([...map.keys()], ['c', 'a', 'd'])
})

test('using an unknown key adds nothing', () => {
  const map = filled()
  assert.equal(map.use('z'), undefined)
  assert.deepEqual([...map.keys()], ['a', 'b', 'c'])
})

test('a set drops its oldest value, and keeps the place of one that is added again', () => {
  const set = new BoundedSet<number>(2)
  set.add(1).add(2).add(1)
  assert.deepEqual([...set], [1, 2])
  set.add(3)
  assert.deepEqual([...set], [2, 3])
})
