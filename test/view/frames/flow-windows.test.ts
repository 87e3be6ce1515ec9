import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FlowWindows, sparkline, windowSeries } from '../../../src/view/frames/flow-windows.ts'
import { entry } from '../make-frames.ts'

const settings = (index: number, direction: 'to-server' | 'to-client', window: number) =>
  entry(index, direction, 4, 0, 0, 6, [0, 4, window >>> 24, (window >> 16) & 255, (window >> 8) & 255, window & 255])
const update = (index: number, direction: 'to-server' | 'to-client', stream: number, by: number) =>
  entry(index, direction, 8, 0, stream, 4, [0, 0, by >> 8, by & 255])
const data = (index: number, direction: 'to-server' | 'to-client', stream: number, length: number) =>
  entry(index, direction, 0, 0, stream, length)

const log = [
  settings(0, 'to-server', 100_000),
  entry(1, 'to-server', 1, 5, 1, 20),
  data(2, 'to-client', 1, 5000),
  update(3, 'to-server', 0, 1000),
  update(4, 'to-server', 1, 2000),
  settings(5, 'to-server', 4000),
]

test('DATA narrows both windows of its direction, WINDOW_UPDATE widens one of the other', () => {
  const windows = new FlowWindows()
  const after = log.slice(0, 5).map(each => ({ ...windows.push(each), stream: windows.windowOf(1) }))
  assert.deepEqual(after[2], {
    connection: { 'to-server': 65_535, 'to-client': 60_535 },
    stream: { 'to-server': 65_535, 'to-client': 95_000 },
  })
  assert.deepEqual(after[3]?.connection, { 'to-server': 65_535, 'to-client': 61_535 })
  assert.deepEqual(after[3]?.stream, after[2]?.stream)
  assert.deepEqual(after[4]?.stream, { 'to-server': 65_535, 'to-client': 97_000 })
  assert.deepEqual(after[4]?.connection, after[3]?.connection)
})

test('a new initial window moves streams that are open, below zero where they have used more', () => {
  const windows = new FlowWindows()
  for (const each of log) windows.push(each)
  assert.deepEqual(windows.windowOf(1), { 'to-server': 65_535, 'to-client': 1000 })
  windows.push(settings(6, 'to-server', 0))
  assert.equal(windows.windowOf(1)['to-client'], -3000)
  windows.push(entry(7, 'to-server', 4, 1, 0, 0, []))
  assert.equal(windows.windowOf(1)['to-client'], -3000)
})

test('a series has a point a change, and its line is low where the window was', () => {
  const points = windowSeries(log, 1, 'to-client')
  assert.deepEqual(
    points.map(({ window }) => window),
    [100_000, 95_000, 97_000, 1000],
  )
  assert.equal(sparkline(points, 6).length, 6)
  assert.equal(sparkline(points, 6).at(-1), '▁')
  assert.equal(sparkline(points, 6)[0], '█')
  assert.equal(sparkline([], 6), '')
  assert.equal(windowSeries(log, 0, 'to-client').at(-1)?.window, 61_535)
})

test('no log throws', () => {
  const any = fc.tuple(fc.nat(16), fc.nat(255), fc.nat(3), fc.uint8Array({ maxLength: 14 }), fc.nat(40))
  fc.assert(
    fc.property(fc.array(any), frames => {
      const entries = frames.map(([type, flags, stream, payload, columns], index) =>
        entry(index, columns % 2 ? 'to-server' : 'to-client', type, flags, stream, payload.length, [...payload]),
      )
      for (const columns of [0, 1, 40]) {
        const points = windowSeries(entries, 1, 'to-server')
        assert.equal([...sparkline(points, columns)].length, points.length > 0 ? columns : 0)
      }
    }),
  )
})
