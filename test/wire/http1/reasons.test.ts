import assert from 'node:assert/strict'
import { STATUS_CODES } from 'node:http'
import { test } from 'node:test'
import { reasonOfStatus } from '../../../src/wire/http1/reasons.ts'

// that RFC 9110 has renamed, that are a joke, that nobody uses
const otherwise = new Set([413, 418, 422, 509, 510])

test('reason phrases are those that Node knows for a final response', () => {
  for (const [status, reason] of Object.entries(STATUS_CODES))
    if (Number(status) >= 200 && !otherwise.has(Number(status)))
      assert.equal(reasonOfStatus(Number(status)), reason, status)
})

test('a status that is not registered has none', () => {
  assert.equal(reasonOfStatus(299), '')
})
