import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasEnded } from '../../src/model/exchange.ts'
import { exchangeOf } from '../store/samples.ts'

test('an exchange has ended with its response, when it is broken off, or when it has become something else', () => {
  const { response: _, ...running } = exchangeOf(1)
  assert.deepEqual(
    [
      exchangeOf(1),
      running,
      { ...running, aborted: { at: 1, by: 'server', why: 'reset' } as const },
      { ...running, upgraded: 'websocket' },
    ].map(hasEnded),
    [true, false, true, true],
  )
})
