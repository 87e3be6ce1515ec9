import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openLiveNdjson } from '../../../src/export/live/live-ndjson.ts'
import { ndjson } from '../../../src/export/ndjson.ts'
import { connectionOf, exchangeOf } from '../../store/samples.ts'
import { sourceOf, withCapture, written } from '../made-capture.ts'

test('it has a line for each connection that ended, as export writes them', () => {
  withCapture(
    writer => {
      for (const id of [1, 2]) writer.connection(connectionOf(id))
      writer.exchange(exchangeOf(1))
    },
    (capture, folder) => {
      const path = join(folder, 'a.ndjson')
      const live = openLiveNdjson(path)
      assert.equal(readFileSync(path, 'utf8'), '')
      live.connection?.(capture, { connection: capture.connection(1)!, exchanges: [1] })
      live.connection?.(capture, { connection: capture.connection(2)!, exchanges: [] })
      live.close()
      assert.equal(readFileSync(path, 'utf8'), written(ndjson, sourceOf(capture)))
    },
  )
})
