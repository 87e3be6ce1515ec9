import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agreeOnLimits } from '../../../../../src/wire/tls/client/checks/limits.ts'
import type { Part } from '../offer.ts'
import { extensionsOf, stateOf } from '../state-of.ts'

const asked: readonly Part[] = [
  [1, Buffer.of(2)],
  [28, Buffer.from('4001', 'hex')],
]
const after = (version: number, ...parts: readonly Part[]): number => {
  const state = stateOf({ versions: [version], and: asked })
  agreeOnLimits(state, extensionsOf(...parts))
  return state.records.largest
}

test('record_size_limit bounds what we say; in TLS 1.3 the type counts', () => {
  assert.equal(after(0x0304), 16_384)
  assert.equal(after(0x0304, [28, Buffer.from('0200', 'hex')]), 511)
  assert.equal(after(0x0303, [28, Buffer.from('0200', 'hex')]), 512)
  assert.equal(after(0x0304, [28, Buffer.from('ffff', 'hex')]), 16_384)
  assert.throws(() => after(0x0304, [28, Buffer.from('003f', 'hex')]), { alert: 47 })
  assert.throws(() => after(0x0304, [28, Buffer.from('02', 'hex')]), { alert: 50 })
})

test('max_fragment_length is the one that was asked for', () => {
  assert.equal(after(0x0303, [1, Buffer.of(2)]), 1024)
  for (const wrong of [0, 1, 3, 255]) assert.throws(() => after(0x0303, [1, Buffer.of(wrong)]), { alert: 47 })
  assert.throws(() => after(0x0303, [1, Buffer.of(2, 2)]), { alert: 50 })
  assert.throws(() => after(0x0303, [1, Buffer.of(2)], [28, Buffer.from('0200', 'hex')]), { alert: 47 })
})
