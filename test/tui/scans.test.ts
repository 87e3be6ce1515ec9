import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Filter } from '../../src/filter/ast.ts'
import { parseFilter } from '../../src/filter/parser.ts'
import { openCapture } from '../../src/store/capture.ts'
import { Scans } from '../../src/tui/scans.ts'
import { press, sampleWorld, screenAfter } from './world.ts'

const { writer, ...world } = await sampleWorld()
const all = parseFilter('~all users')

/** Scans of the sample over a clock that goes on by so many ms at each look. */
function slowScans(step: number) {
  const capture = openCapture(writer.path)
  let clock = 0
  const scans = new Scans(capture, () => {
    clock += step
    return clock
  })
  return { capture, scans }
}
const idsOf = (known: Filter | { readonly type: 'among'; readonly ids: readonly number[] }): readonly number[] =>
  known.type === 'among' ? known.ids : []

test('a quick filter is left as it is, a slow one becomes what was found', () => {
  const { capture, scans } = slowScans(0)
  const quick = parseFilter('~c 200')
  assert.equal(scans.known(quick), quick)
  assert.equal(scans.share(quick), undefined)
  const found = idsOf(scans.known(all))
  assert.ok(found.length > 0)
  assert.deepEqual(found, capture.matching(all, 1000))
  capture.close()
})

test('what narrows a search under way is asked of what that has found', () => {
  const { capture, scans } = slowScans(0)
  scans.known(all)
  const known = scans.known({ type: 'and', of: [all, parseFilter('~m GET')] })
  assert.equal(known.type, 'among')
  assert.deepEqual(known.type === 'among' && known.of, parseFilter('~m GET'))
  capture.close()
})

test('while somebody follows, the rest comes in slices, each told', async () => {
  const { capture, scans } = slowScans(10)
  let told = 0
  const stop = scans.follow(() => {
    told++
    scans.known(all)
  })
  scans.known(all)
  assert.ok(scans.share(all)! < 1)
  while (scans.share(all) !== undefined) await pause(1)
  stop()
  assert.ok(told > 0)
  assert.deepEqual(idsOf(scans.known(all)), capture.matching(all, 1000))
  capture.close()
})

test('the screen says how far a search is, and what it found so far', () => {
  const stop = world.source.followSearch(() => {})
  const searched = world.source.searched
  const half = { ...world, source: { ...world.source, searched: (): number => 0.437 } }
  assert.match(screenAfter(half, ['f', ...'~all', 'space', ...'users', 'enter']), /of \d+ flows so far, 43% searched/)
  assert.match(screenAfter(half, ['f', ...'~all', 'space', ...'nowhere', 'enter']), /Searching for ~all nowhere/)
  assert.equal(searched(press(world, ['f', ...'~all', 'space', ...'users', 'enter']).filter.filter!), undefined)
  stop()
})
