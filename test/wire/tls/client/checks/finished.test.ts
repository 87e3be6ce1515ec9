import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkFinished } from '../../../../../src/wire/tls/client/checks/finished.ts'
import { handshake } from '../../../../../src/wire/tls/client/framing.ts'
import { stateOf } from '../state-of.ts'

test('a Finished has the verify_data that is expected, and joins the transcript', () => {
  const expected = Buffer.alloc(32, 7)
  const state = stateOf()
  const check = (verifyData: Buffer, type = 20): void =>
    checkFinished(state, { type, bytes: handshake(type, verifyData) }, expected)
  assert.throws(() => check(expected, 15), { alert: 10 })
  assert.throws(() => check(Buffer.alloc(32, 8)), { alert: 51 })
  assert.throws(() => check(Buffer.alloc(31, 7)), { alert: 50 })
  check(expected)
  assert.deepEqual(state.transcript.messages.at(-1), handshake(20, expected))
})
