import assert from 'node:assert/strict'
import { test } from 'node:test'
import { whyUnread } from '../../src/view/unread.ts'

test('a connection without requests says why it is shown', () => {
  assert.deepEqual(['tls', 'opaque', 'h2'].map(whyUnread), [
    'passed through unread',
    'no HTTP in it',
    'no request in it',
  ])
})
