import assert from 'node:assert/strict'
import { test } from 'node:test'
import { now } from '../../src/proxy/ports.ts'

test('now counts from the epoch and never goes back', () => {
  const times = Array.from({ length: 100 }, now)
  assert.ok(Math.abs(times[0]! - Date.now()) < 60_000) // the wall clock may have been set since the start
  for (let i = 1; i < times.length; i++) assert.ok(times[i]! >= times[i - 1]!)
})
