import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportedFlows } from '../../../src/export/exported-flows.ts'
import { reportRow } from '../../../src/export/html/row.ts'
import { connectionOf, exchangeOf } from '../../store/samples.ts'
import { sourceOf, withCapture } from '../made-capture.ts'

test('a row is that of the list, with its legs and the phases of its time', () => {
  withCapture(
    writer => {
      const connection = connectionOf(1, { openedAt: 990 })
      writer.connection(connection)
      writer.exchange(exchangeOf(1))
      writer.connectionFlow(connection, 2)
    },
    capture => {
      const [exchange, alone] = [...exportedFlows(sourceOf(capture))].map(reportRow)
      assert.equal(exchange!.path, '/p/1')
      assert.equal(exchange!.legs, '— │ —')
      assert.deepEqual(exchange!.spans, [
        ['blocked', -11, 11],
        ['send', 0, 0],
        ['wait', 0, 10],
        ['receive', 10, 10],
      ])
      assert.deepEqual([alone!.kind, alone!.spans], ['connection', []])
    },
  )
})
