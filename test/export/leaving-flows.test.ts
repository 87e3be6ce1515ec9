import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leavingFlows } from '../../src/export/leaving-flows.ts'
import { parseFilter } from '../../src/filter/parser.ts'
import { connectionOf, exchangeOf } from '../store/samples.ts'
import { sourceOf, withCapture } from './made-capture.ts'

test('connections come in order with what leaves of them, and all of them where nothing is asked', () => {
  withCapture(
    writer => {
      for (let id = 1; id <= 1200; id++) writer.connection(connectionOf(id))
      for (let id = 1; id <= 2400; id++)
        writer.exchange(exchangeOf(id, { connection: 1201 - Math.ceil(id / 2), status: id % 2 ? 200 : 404 }))
      writer.connectionFlow(connectionOf(7), 2401)
    },
    capture => {
      let passed = 0
      const of = (selection: Parameters<typeof sourceOf>[1]) =>
        [...leavingFlows({ ...sourceOf(capture, selection), passed: count => (passed += count) })].map(
          ({ connection, exchanges }) => [connection.id, ...exchanges],
        )
      const all = of({})
      assert.deepEqual([all.length, all[0], all.at(-1)], [1200, [1, 2399, 2400], [1200, 1, 2]])
      assert.equal(passed, 2400)
      assert.deepEqual(of({ filter: parseFilter('~c 404') })[0], [1, 2400])
      assert.deepEqual(of({ ids: new Set([2, 2401]) }), [[7], [1200, 2]])
    },
  )
})
