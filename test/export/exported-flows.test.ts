import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportedFlows, flowOf } from '../../src/export/exported-flows.ts'
import { parseFilter } from '../../src/filter/parser.ts'
import type { CaptureWriter } from '../../src/store/capture-writer.ts'
import { connectionOf, exchangeOf } from '../store/samples.ts'
import { sourceOf, withCapture } from './made-capture.ts'

const fill = (writer: CaptureWriter): void => {
  for (const id of [1, 2]) writer.connection(connectionOf(id))
  for (let id = 1; id <= 2500; id++)
    writer.exchange(exchangeOf(id, { connection: id % 2 === 1 ? 1 : 2, status: id === 2400 ? 404 : 200 }))
}

test('all flows come in order over pages, and each connection has one that it was opened for', () => {
  withCapture(fill, capture => {
    let passed = 0
    const flows = [...exportedFlows({ ...sourceOf(capture), passed: count => (passed += count) })]
    assert.deepEqual(
      flows.map(({ row }) => row.id),
      Array.from({ length: 2500 }, (_, i) => i + 1),
    )
    assert.deepEqual(
      flows.filter(({ first }) => first).map(({ row }) => row.id),
      [1, 2],
    )
    assert.equal(passed, 2500)
  })
})

test('of a filter and of named flows only those leave, and the first of a connection stays its first', () => {
  withCapture(fill, capture => {
    const of = (selection: Parameters<typeof sourceOf>[1]) =>
      [...exportedFlows(sourceOf(capture, selection))].map(({ row, first }) => [row.id, first])
    assert.deepEqual(of({ filter: parseFilter('~c 404') }), [[2400, false]])
    assert.deepEqual(of({ ids: new Set([2, 3]) }), [
      [2, true],
      [3, false],
    ])
  })
})

test('a flow whose connection is not there does not leave', () => {
  withCapture(
    writer => writer.exchange(exchangeOf(1, { connection: 7 })),
    capture => assert.equal(flowOf(capture, capture.flows({ limit: 1 })[0]!, true), undefined),
  )
})
