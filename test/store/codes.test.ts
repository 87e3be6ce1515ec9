import assert from 'node:assert/strict'
import { test } from 'node:test'
import { directions, flowActs, kinds, legs, messageActs, sides, states } from '../../src/store/codes.ts'

test('the numbers of a format that was released do not move', () => {
  assert.deepEqual(
    [legs, directions, sides, kinds, states, flowActs, messageActs].map(names => names.join(' ')),
    [
      'client upstream',
      'to-server to-client',
      'request response',
      'exchange connection',
      'running complete aborted cancelled',
      'changed answered',
      'changed dropped',
    ],
  )
})
