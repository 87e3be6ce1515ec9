import assert from 'node:assert/strict'
import { test } from 'node:test'
import { platformProcesses } from '../../../src/launch/processes/find-processes.ts'

test('Linux and macOS have a way, others have none', () => {
  const ways = (['linux', 'darwin', 'win32', 'freebsd'] as const).map(
    platform => platformProcesses(platform) !== undefined,
  )
  assert.deepEqual(ways, [true, true, false, false])
})
