import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultTimeouts } from '../../src/proxy/services.ts'

test('no step of a connection may wait for ever', () => {
  for (const [name, ms] of Object.entries(defaultTimeouts)) assert.ok(ms > 0 && ms <= 60_000, name)
})
