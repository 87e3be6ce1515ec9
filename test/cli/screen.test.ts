import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { register } from 'tsx/esm/api'
import { runScreen } from '../../src/cli/screen.ts'
import { emptySchema } from '../../src/formats/protobuf/proto-schema.ts'
import { openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { inFolder } from '../store/samples.ts'

register() // the screen is .tsx

test('where there is no terminal the screen says so and ends; it does not wait for keys', async () => {
  await inFolder(async folder => {
    const path = join(folder, 'c.parley')
    openCaptureWriter(path).close()
    const capture = openCapture(path)
    try {
      await assert.rejects(runScreen(capture, { tui: true, proto: emptySchema, theme: undefined }), /raw mode/i)
      assert.equal(capture.info().path, path, 'the capture stays open for whoever opened it')
    } finally {
      capture.close()
    }
  })
})
