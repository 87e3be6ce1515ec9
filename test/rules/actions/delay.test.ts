import assert from 'node:assert/strict'
import { test } from 'node:test'
import { delay, withDelay } from '../../../src/rules/actions/delay.ts'
import { readBy } from './acting.ts'
import { throughRequest, throughResponse, throughWebSocket } from './bodies.ts'

test('each of its four kinds', async () => {
  assert.deepEqual((await throughRequest(readBy(delay, 'request 300'), undefined)).pace, { delay: 300 })
  assert.deepEqual((await throughResponse(readBy(delay, 'response 300'), undefined)).pace, { delay: 300 })
  assert.deepEqual((await throughResponse(readBy(delay, 'first-byte 300'), undefined)).pace, { firstByte: 300 })
  assert.deepEqual((await throughWebSocket(readBy(delay, 'message 300'), 'x')).pace, { delay: 300 })
})

test('jitter lies between nothing and what is asked for, and is not always the same', async () => {
  const action = readBy(delay, 'request 100 50')
  const delays = await Promise.all(
    Array.from({ length: 50 }, async () => (await throughRequest(action, undefined)).pace!.delay!),
  )
  assert.ok(delays.every(ms => ms >= 100 && ms <= 150))
  assert.ok(new Set(delays).size > 1)
})

test('delays of several rules add up', () => {
  assert.deepEqual(withDelay({ delay: 100, latency: 5 }, 200), { delay: 300, latency: 5 })
})

test('mistakes have their place', () => {
  for (const [text, position] of [
    ['trailers 1', 0],
    ['request', 7],
    ['request -1', 8],
    ['request 1 x', 10],
    ['request 600001', 8],
  ] as const)
    assert.throws(() => readBy(delay, text), { name: 'RuleError', position }, text)
})
