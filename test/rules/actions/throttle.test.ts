import assert from 'node:assert/strict'
import { test } from 'node:test'
import { profiles, throttle } from '../../../src/rules/actions/throttle.ts'
import { readBy } from './acting.ts'
import { throughRequest, throughResponse, throughWebSocket } from './bodies.ts'

test('a profile has its rates and half its round trip each way', async () => {
  const action = readBy(throttle, '3g')
  const { pace: up } = await throughRequest(action, undefined)
  const { pace: down } = await throughResponse(action, undefined)
  assert.equal(up?.shared?.bitsPerSecond, profiles['3g']!.up)
  assert.equal(down?.shared?.bitsPerSecond, 1_600_000)
  assert.deepEqual([up?.delay, up?.latency, down?.delay], [150, 150, 150])
})

test('messages of a rule share its rate, those of another have theirs', async () => {
  const action = readBy(throttle, '1m')
  const first = (await throughResponse(action, undefined)).pace?.shared
  assert.equal((await throughResponse(action, undefined)).pace?.shared, first)
  assert.equal((await throughWebSocket(action, 'x')).pace?.shared, first)
  assert.notEqual((await throughWebSocket(action, 'x', 'to-server')).pace?.shared, first)
  assert.notEqual((await throughResponse(readBy(throttle, '1m'), undefined)).pace?.shared, first)
})

test('own numbers: both ways alike unless told', async () => {
  const own = readBy(throttle, '1.5m 500k 200')
  assert.equal((await throughResponse(own, undefined)).pace?.shared?.bitsPerSecond, 1_500_000)
  assert.equal((await throughRequest(own, undefined)).pace?.shared?.bitsPerSecond, 500_000)
  assert.equal((await throughRequest(own, undefined)).pace?.latency, 100)
  assert.equal((await throughRequest(readBy(throttle, '64000'), undefined)).pace?.shared?.bitsPerSecond, 64_000)
})

test('mistakes have their place', () => {
  for (const [text, position] of [
    ['', 0],
    ['5g', undefined],
    ['6g 0', 3],
    ['constructor', 0],
    ['0', 0],
    ['1k 1k x', 6],
    ['3g 1', 3],
  ] as const)
    if (position === undefined)
      assert.equal(readBy(throttle, text).did, 'throttle to 5g') // five gigabits
    else assert.throws(() => readBy(throttle, text), { name: 'RuleError', position }, text)
})
