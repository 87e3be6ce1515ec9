import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CliError } from '../../src/cli/fail.ts'
import { fittingFlows, readFilter } from '../../src/cli/fitting-flows.ts'
import { openCapture } from '../../src/store/capture.ts'
import { recordVisits } from './recorded-run.ts'

test('all flows, or those that fit, oldest first', async () => {
  const capture = openCapture((await recordVisits()).path)
  const ids = (text?: string) =>
    [...fittingFlows(capture, text === undefined ? undefined : readFilter(text, ''))].map(({ id }) => id)
  assert.deepEqual([ids(), ids('~c 200'), ids('~m PUT')], [[1, 2, 3], [1, 2], []])
  capture.close()
})

test('a filter that cannot be read is a usage error with its column', () => {
  assert.throws(
    () => readFilter('~d a ~nope', '--until: '),
    (error: CliError) => {
      assert.deepEqual(
        [error.exitCode, error.message],
        [2, '--until: column 6: expected an operator such as ~d, found "~nope"'],
      )
      return true
    },
  )
})
