import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueAt } from '../../../../../src/proxy/relay/acting/websocket/due-at.ts'
import { Bucket } from '../../../../../src/rules/bucket.ts'

test('a message goes when its delay is over, counted from when it came', () => {
  assert.equal(dueAt({}, 1000, 50), 50)
  assert.equal(dueAt({ delay: 300, latency: 300 }, 1000, 50), 350)
})

test('those that share a line take their turns on it, and are late together', () => {
  const pace = { delay: 100, shared: new Bucket(8000) }
  assert.deepEqual([dueAt(pace, 500, 0), dueAt(pace, 500, 0), dueAt(pace, 500, 5000)], [600, 1100, 5600])
})
