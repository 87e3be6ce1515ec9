import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemFrom, senderOf } from '../../src/observe/plain.ts'

test('who sent what travels a direction', () => {
  assert.equal(senderOf('to-server'), 'client')
  assert.equal(senderOf('to-client'), 'server')
})

test('a fault becomes the problem of whom it is blamed on', () => {
  assert.deepEqual(problemFrom({ code: 'a/b', message: 'c' }, 'server'), { code: 'a/b', blame: 'server', message: 'c' })
})
