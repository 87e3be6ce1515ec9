import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Filter } from '../../../src/filter/ast.ts'
import { type ListView, moveBy, moveToEnd, selectFlow, settle, visibleRows } from '../../../src/tui/list/state.ts'
import type { FlowRow } from '../../../src/tui/ports.ts'
import type { ListScreen } from '../../../src/tui/state/state.ts'
import { flowRow, rowSource } from '../world.ts'

const rows = (from: number, to: number): FlowRow[] => Array.from({ length: to - from + 1 }, (_, i) => flowRow(from + i))
const viewOf = (all: FlowRow[], height = 5): ListView & { source: ReturnType<typeof rowSource> } => ({
  source: rowSource(all),
  height,
})
const ids = (list: ListScreen, view: ListView): number[] => visibleRows(list, view).map(({ id }) => id)
const start: ListScreen = { kind: 'list', row: 0 }

test('flows that come in do not move the selection nor what is seen', () => {
  const all = rows(1, 20)
  const view = viewOf(all)
  const list = moveBy(start, view, 7)
  const before = ids(list, view)
  all.push(...rows(21, 40))
  assert.deepEqual(settle(list, view), list)
  assert.deepEqual(ids(settle(list, view), view), before)
})

test('the selection moves down the screen first, and the screen after it', () => {
  const view = viewOf(rows(1, 20))
  assert.deepEqual(ids(moveBy(start, view, 4), view), [1, 2, 3, 4, 5])
  assert.deepEqual(ids(moveBy(start, view, 5), view), [2, 3, 4, 5, 6])
  const up = moveBy(moveBy(start, view, 10), view, -2)
  assert.deepEqual([up.selected, up.row, ids(up, view)], [9, 2, [7, 8, 9, 10, 11]])
})

test('a movement past an end stops there', () => {
  const view = viewOf(rows(1, 7))
  assert.equal(moveBy(start, view, 100).selected, 7)
  assert.equal(moveBy(moveBy(start, view, 100), view, -100).selected, 1)
})

test('the last flow stands on the last row', () => {
  const view = viewOf(rows(1, 20))
  const list = moveToEnd(start, view, 'last')
  assert.deepEqual([list.selected, list.row, ids(list, view)], [20, 4, [16, 17, 18, 19, 20]])
  assert.deepEqual(ids(moveToEnd(list, view, 'first'), view), [1, 2, 3, 4, 5])
})

test('fewer flows than rows stand at the top', () => {
  const view = viewOf(rows(1, 3))
  const list = moveToEnd(start, view, 'last')
  assert.deepEqual([list.row, ids(list, view)], [2, [1, 2, 3]])
})

test('a flow that the filter hides gives the selection to its neighbour', () => {
  const all = rows(1, 9).map(row => (row.id % 2 ? { ...row, method: 'POST' } : row))
  const filter: Filter = { type: 'pattern', name: 'm', pattern: 'POST' }
  const view = { ...viewOf(all), filter }
  assert.equal(settle({ ...start, selected: 4 }, view).selected, 5)
  assert.equal(settle({ ...start, selected: 20 }, view).selected, 9)
})

test('an empty list selects nothing, and the first flow that comes', () => {
  const all: FlowRow[] = []
  const view = viewOf(all)
  const list = settle(start, view)
  assert.equal(list.selected, undefined)
  assert.deepEqual(visibleRows(list, view), [])
  all.push(...rows(1, 2))
  assert.equal(settle(list, view).selected, 1)
})

test('no question asks for more rows than the movement or the screen needs', () => {
  const view = viewOf(rows(1, 1000))
  const list = moveBy(selectFlow(start, view, 500), view, 1)
  visibleRows(list, view)
  for (const { limit } of view.source.asked) assert.ok(limit <= 5, String(limit))
})

test('a shorter screen keeps the selected flow in sight', () => {
  const view = viewOf(rows(1, 20), 10)
  const list = moveBy(start, view, 9)
  const smaller = { ...view, height: 3 }
  assert.ok(ids(settle(list, smaller), smaller).includes(10))
})

test('in another order the list keeps to it, and the selection to its flow', () => {
  const ids = [3, 1, 2]
  const rows = [1, 2, 3].map(id => flowRow(id))
  const source = { ...rowSource(rows), sorted: () => ids }
  const view = { source, sort: { by: 'size', descending: true }, height: 2 } as const
  const first = moveToEnd({ kind: 'list', row: 0 }, view, 'first')
  assert.equal(first.selected, 3)
  const second = moveBy(first, view, 1)
  assert.deepEqual([second.selected, visibleRows(second, view).map(({ id }) => id)], [1, [3, 1]])
  assert.equal(moveBy(second, view, 5).selected, 2)
  assert.equal(moveToEnd(second, view, 'last').selected, 2)
  assert.equal(moveBy(moveToEnd(second, view, 'last'), view, -2).selected, 3)
  ids.splice(0, 3, 2, 3, 1)
  assert.equal(settle(second, view).selected, 1)
})
