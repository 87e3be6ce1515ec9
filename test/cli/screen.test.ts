import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { runScreen } from '../../src/cli/screen.ts'
import { openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { inFolder } from '../store/samples.ts'

test('where there is no terminal the screen says so, or ends; it does not wait for keys', async () => {
  await inFolder(async folder => {
    const path = join(folder, 'c.parley')
    openCaptureWriter(path).close()
    const capture = openCapture(path)
    try {
      const ended = await Promise.race([
        runScreen(capture).then(
          () => 'ended',
          (error: Error) => error.message,
        ),
        new Promise<string>(resolve => setTimeout(resolve, 5000, 'waits').unref()),
      ])
      assert.notEqual(ended, 'waits')
    } finally {
      capture.close()
    }
  })
})
