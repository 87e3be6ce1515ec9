import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseFilter } from '../../src/filter/parser.ts'
import { openCapture } from '../../src/store/capture.ts'
import { type Sort, sortKeys } from '../../src/store/sorted-flows.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { exchangeOf, inFolder } from './samples.ts'

const ids = (sort: Sort, limit = 10, filter?: string): number[] =>
  inFolder(folder => {
    const writer = openCaptureWriter(join(folder, 'a.parley'))
    for (const [id, status] of [404, 200, 500, 200].entries())
      writer.exchange(exchangeOf(id + 1, { status, path: `/${'dbca'[id]}` }))
    const { response: _, ...running } = exchangeOf(5, { path: '/e' })
    writer.exchange(running)
    writer.close()
    const capture = openCapture(join(folder, 'a.parley'))
    try {
      return capture.sortedFlows(sort, limit, filter === undefined ? undefined : parseFilter(filter))
    } finally {
      capture.close()
    }
  })

test('flows come in the order asked for, equal ones in order of time, those without a value last', () => {
  assert.deepEqual(ids({ by: 'status', descending: false }), [2, 4, 1, 3, 5])
  assert.deepEqual(ids({ by: 'status', descending: true }), [3, 1, 2, 4, 5])
  assert.deepEqual(ids({ by: 'path', descending: false }), [4, 2, 3, 1, 5])
})

test('only so many, and only those that fit the filter', () => {
  assert.deepEqual(ids({ by: 'status', descending: true }, 2), [3, 1])
  assert.deepEqual(ids({ by: 'path', descending: false }, 10, '~c 200'), [4, 2])
})

test('every key sorts', () => {
  for (const by of sortKeys) assert.equal(ids({ by, descending: true }).length, 5)
})
