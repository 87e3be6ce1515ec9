import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CliError } from '../../src/cli/fail.ts'
import { readFilter } from '../../src/cli/read-filter.ts'

test('a filter is read, and a mistake in it is a usage error that says where it is', () => {
  assert.equal(readFilter('').type, 'all')
  assert.throws(
    () => readFilter('~c 404 & ('),
    (error: CliError) => error.exitCode === 2 && /^~c 404 & \(: expected .* at \d+/.test(error.message),
  )
})
