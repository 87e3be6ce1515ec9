import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFilter } from '../../src/filter/parser.ts'
import { EndedFlows } from '../../src/library/ended-flows.ts'
import type { FlowQuery, FlowRow } from '../../src/store/queries.ts'

type Row = Pick<FlowRow, 'id' | 'state'> & Partial<FlowRow>

/** A capture of these rows, which may change. */
function capture(rows: Map<number, Row>, explained = new Set<number>()) {
  return {
    flows: ({ after = 0, before = Infinity, limit, filter = parseFilter('~all') }: FlowQuery) =>
      [...rows.values()]
        .filter(({ id, host }) => id > after && id < before && (filter.type === 'all' || host === 'wanted'))
        .sort((a, b) => a.id - b.id)
        .slice(0, limit) as FlowRow[],
    connection: (id: number) => ({ id, explained: explained.has(id) || undefined }) as never,
  } as never
}

const ids = (flows: Iterable<FlowRow>): readonly number[] => [...flows].map(({ id }) => id)
const changed = (flows: readonly number[], connections: readonly number[] = []) => ({ flows, connections })
const rowsOf = (...rows: readonly Row[]): Map<number, Row> =>
  new Map(rows.map(row => [row.id, { connection: 1, problem: false, ...row }]))

test('a flow is told once, when it has ended', () => {
  const rows = rowsOf({ id: 1, state: 'complete' }, { id: 2, state: 'running' })
  const ended = new EndedFlows(capture(rows))
  assert.deepEqual(ids(ended.look()), [1])
  rows.set(3, { id: 3, state: 'complete', connection: 1, problem: false })
  assert.deepEqual(ids(ended.look(changed([1, 2, 3]))), [3])
  rows.set(2, { ...rows.get(2)!, state: 'complete' })
  assert.deepEqual(ids(ended.look(changed([2]))), [2])
  assert.deepEqual(ids(ended.look(changed([1, 2, 3]))), [])
})

test('one whose row comes after that of a later one is told too', () => {
  const rows = rowsOf({ id: 2, state: 'complete' })
  const ended = new EndedFlows(capture(rows))
  assert.deepEqual(ids(ended.look()), [2])
  rows.set(1, { id: 1, state: 'complete', connection: 1, problem: false })
  assert.deepEqual(ids(ended.look(changed([1]))), [1])
})

test('one with a problem waits until its connection is explained', () => {
  const explained = new Set<number>()
  const ended = new EndedFlows(capture(rowsOf({ id: 1, state: 'aborted', problem: true, connection: 7 }), explained))
  assert.deepEqual(ids(ended.look()), [])
  explained.add(7)
  assert.deepEqual(ids(ended.look(changed([], [6]))), [])
  assert.deepEqual(ids(ended.look(changed([], [7]))), [1])
})

test('at the end those that run are told, and only those that fit ever are', () => {
  const rows = rowsOf({ id: 1, state: 'running', host: 'wanted' }, { id: 2, state: 'running', host: 'other' })
  const ended = new EndedFlows(capture(rows), parseFilter('~d wanted'))
  assert.deepEqual(ids(ended.look()), [])
  assert.deepEqual(ids(ended.look(undefined, true)), [1])
  assert.deepEqual(ids(ended.look(undefined, true)), [])
})
