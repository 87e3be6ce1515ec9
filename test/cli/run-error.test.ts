import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RunError } from '../../src/cli/run-error.ts'

test('an error of a run has its code, and a remedy where there is one', () => {
  const { code, message, remedy } = new RunError('EADDRINUSE', 'it is taken', 'take another')
  assert.deepEqual([code, message, remedy], ['EADDRINUSE', 'it is taken', 'take another'])
  assert.equal(new RunError('EACCES', 'not allowed').remedy, undefined)
})
