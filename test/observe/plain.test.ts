import assert from 'node:assert/strict'
import { test } from 'node:test'
import { senderOf } from '../../src/observe/plain.ts'

test('who sent what travels a direction', () => {
  assert.equal(senderOf('to-server'), 'client')
  assert.equal(senderOf('to-client'), 'server')
})
