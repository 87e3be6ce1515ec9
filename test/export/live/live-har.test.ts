import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { exportedFlows } from '../../../src/export/exported-flows.ts'
import { har } from '../../../src/export/har/har.ts'
import { openLiveHar } from '../../../src/export/live/live-har.ts'
import { connectionOf, exchangeOf } from '../../store/samples.ts'
import { assertHar } from '../har/judges.ts'
import { sourceOf, withCapture, written } from '../made-capture.ts'

test('it is a HAR after every flow, and at the end the one that export writes', () => {
  withCapture(
    writer => {
      writer.connection(connectionOf(1))
      for (let id = 1; id <= 3; id++) writer.exchange(exchangeOf(id), undefined, Buffer.from('reply'))
      writer.connectionFlow(connectionOf(1), 4)
    },
    (capture, folder) => {
      const path = join(folder, 'a.har')
      const live = openLiveHar(path)
      const read = () => JSON.parse(readFileSync(path, 'utf8'))
      const counts = [...exportedFlows(sourceOf(capture))].map(flow => {
        live.flow?.(capture, flow)
        assertHar(read())
        return read().log.entries.length
      })
      live.close()
      assert.deepEqual(counts, [1, 2, 3, 3])
      assert.equal(readFileSync(path, 'utf8'), written(har, sourceOf(capture)))
    },
  )
})
