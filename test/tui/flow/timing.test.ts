import assert from 'node:assert/strict'
import { test } from 'node:test'
import { barSpans, legend, scaleOf, timingOf, timingTab } from '../../../src/tui/flow/timing.ts'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import { sampleWorld } from '../world.ts'

const { source } = await sampleWorld()
const first = source.exchange(1)!
const later = source.exchange(5)!

test('the first exchange of a connection pays for its opening, a later one does not', () => {
  assert.notEqual(timingOf(source, first).connect, undefined)
  assert.equal(timingOf(source, later).connect, undefined)
  assert.match(timingTab(source, first, 80).map(plain).join('\n'), /TCP connect[\s\S]*TLS with server/)
})

test('bars of several flows stand on one scale and fill their columns', () => {
  const timings = [first, later].map(each => timingOf(source, each))
  for (const timing of timings) assert.equal(columnsOf(barSpans(timing, scaleOf(timings), 30)), 30)
})

test('every phase is in the legend, on a terminal of 80 columns too', () => {
  assert.match(plain(legend), /blocked.*DNS.*TCP.*TLS server.*TLS client.*send.*wait.*receive/)
  assert.ok(columnsOf(legend) <= 80)
})
