import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openInterruption } from '../../../src/cli/export/interruption.ts'
import type { CliError } from '../../../src/cli/fail.ts'

test('a signal ends the work at its next pause, with the exit code of the signal, and no listener stays', async () => {
  const before = process.listenerCount('SIGTERM')
  const interruption = openInterruption('the export')
  await interruption.pause()
  process.kill(process.pid, 'SIGTERM')
  await assert.rejects(
    async () => {
      for (;;) await interruption.pause()
    },
    (error: CliError) => error.exitCode === 143 && error.message === 'the export was ended before it was whole',
  )
  interruption.end()
  assert.equal(process.listenerCount('SIGTERM'), before)
})
