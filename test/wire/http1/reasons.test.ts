import assert from 'node:assert/strict'
import { STATUS_CODES } from 'node:http'
import { test } from 'node:test'
import { reasonOfStatus } from '../../../src/wire/http1/reasons.ts'

// that RFC 9110 has renamed, that Node capitalises, that nobody has registered
const otherwise = new Set([413, 418, 422, 509])

test('reason phrases are those that Node knows', () => {
  for (const [status, reason] of Object.entries(STATUS_CODES))
    if (!otherwise.has(Number(status))) assert.equal(reasonOfStatus(Number(status)), reason, status)
})

test('a teapot is one, as RFC 2324 has it', () => {
  assert.equal(reasonOfStatus(418), "I'm a teapot")
})

test('a status that is not registered has none', () => {
  for (const status of [299, 306, 509]) assert.equal(reasonOfStatus(status), '')
})
