import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBody } from './read-body.ts'

for (const [type, name] of [
  [0, 'hello_request'],
  [14, 'server_hello_done'],
  [5, 'end_of_early_data'],
] as const)
  test(`${name} has no body, and one is refused`, () => {
    assert.deepEqual(readBody(type, '').value, { name })
    assert.match(readBody(type, '00').malformed!, /1 bytes left over at byte 4/)
  })
