import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBody, tls13 } from './read-body.ts'

test('an update is asked for or not, and nothing else', () => {
  for (const requested of [false, true])
    assert.deepEqual(readBody(24, requested ? '01' : '00', tls13).value, { name: 'key_update', requested })
  assert.equal(readBody(24, '02', tls13).malformed, 'key_update: request_update is 2 at byte 4')
})
