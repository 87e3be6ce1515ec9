import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { firstAbove, idRange, Scan } from '../../src/tui/scan.ts'

/** A scan over flows of which those in `fits` fit, where looking at one takes a millisecond. */
function scanOf(fits: Set<number>, most = 1000) {
  let clock = 0
  const asked: [number, number][] = []
  const matching = (first: number, last: number): number[] => {
    asked.push([first, last])
    clock += last - first + 1
    return [...fits].filter(id => id >= first && id <= last).sort((a, b) => a - b)
  }
  return { scan: new Scan({ matching, now: () => clock, most }), asked, clock: () => clock }
}

test('a scan goes through the flows in slices, none much longer than it may be', () => {
  const { scan, clock } = scanOf(new Set([3, 500, 999, 1000]))
  let slices = 0
  for (let before = 0; ; before = clock()) {
    slices++
    const done = scan.advance(1000, 20)
    assert.ok(clock() - before <= 40, `${clock() - before} ms`)
    if (done) break
    assert.ok(scan.share(1000) < 1)
  }
  assert.ok(slices > 20)
  assert.deepEqual(scan.ids, [3, 500, 999, 1000])
  assert.equal(scan.share(1000), 1)
})

test('flows that come later are looked at later, and no flow twice', () => {
  const fits = new Set([2])
  const { scan, asked } = scanOf(fits)
  assert.equal(scan.advance(10, 1000), true)
  fits.add(12)
  assert.equal(scan.done(12), false)
  assert.equal(scan.advance(12, 1000), true)
  assert.deepEqual(scan.ids, [2, 12])
  assert.deepEqual(
    asked.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, n) => first + n)),
    Array.from({ length: 12 }, (_, n) => n + 1),
  )
})

test('a flow that changed is looked at again, and comes or goes in its place', () => {
  const fits = new Set([2, 4])
  const { scan } = scanOf(fits)
  scan.advance(10, 1000)
  fits.delete(2)
  fits.add(3)
  for (const id of [2, 3, 4, 11]) scan.changed(id)
  assert.equal(scan.done(10), false)
  assert.equal(scan.advance(10, 1000), true)
  assert.deepEqual(scan.ids, [3, 4])
})

test('a scan stops with as many as may be found', () => {
  const { scan } = scanOf(new Set(Array.from({ length: 100 }, (_, n) => n + 1)), 20)
  while (!scan.advance(1000, 5));
  assert.equal(scan.full, true)
  assert.ok(scan.ids.length < 60)
  assert.equal(scan.share(1000), 1)
})

test('firstAbove finds the place among ascending ids', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(50)), fc.integer({ min: -1, max: 51 }), (numbers, id) => {
      const ids = numbers.sort((a, b) => a - b)
      assert.equal(firstAbove(ids, id), ids.filter(each => each <= id).length)
    }),
  )
})

test('a page among ids is what the store would give', () => {
  const ids = [2, 3, 5, 8, 13]
  assert.deepEqual(idRange(ids, { limit: 2 }), [2, 3])
  assert.deepEqual(idRange(ids, { after: 3, limit: 2 }), [5, 8])
  assert.deepEqual(idRange(ids, { after: 4, before: 13, limit: 9 }), [5, 8])
  assert.deepEqual(idRange(ids, { before: 8, limit: 2, order: 'newest' }), [5, 3])
  assert.deepEqual(idRange(ids, { after: 13, limit: 2 }), [])
  assert.deepEqual(idRange([], { before: 4, limit: 2, order: 'newest' }), [])
})
