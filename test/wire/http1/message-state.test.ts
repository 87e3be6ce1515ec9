import assert from 'node:assert/strict'
import { test } from 'node:test'
import { next } from '../../../src/wire/http1/message-state.ts'

test('a step of the table leads on, and one that is not there throws by name', () => {
  assert.equal(next('head', 'chunked'), 'chunked')
  assert.equal(next('chunked', 'miss'), 'missed')
  assert.equal(next('missed', 'next'), 'head')
  assert.throws(() => next('closed', 'next'), /no step 'next' from state 'closed'/)
})
