import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readServerAlert } from '../../../../src/wire/tls/client/server-alert.ts'

const tls12 = 0x0303
const tls13 = 0x0304
const read = (version: number, ...bytes: number[]): string => readServerAlert(Uint8Array.from(bytes), version)

test('close_notify ends at any level', () => {
  for (const version of [0, tls12, tls13]) for (const level of [1, 2]) assert.equal(read(version, level, 0), 'closed')
})

test('the level counts up to TLS 1.2, and in TLS 1.3 user_canceled alone is harmless', () => {
  assert.equal(read(0, 1, 112), 'warning')
  assert.equal(read(tls12, 1, 100), 'warning')
  assert.equal(read(tls13, 1, 90), 'warning')
  for (const [version, level, description] of [
    [0, 2, 40],
    [tls12, 2, 48],
    [tls13, 1, 112],
    [tls13, 2, 116],
  ] as const)
    assert.throws(() => read(version, level, description), {
      alert: description,
      code: 'alert-received',
      received: true,
    })
})

test('an alert of another form is refused', () => {
  for (const bytes of [[], [2], [2, 40, 0], [1, 0, 1, 0]]) assert.throws(() => read(tls13, ...bytes), { alert: 50 })
  for (const level of [0, 3, 255]) assert.throws(() => read(tls12, level, 40), { alert: 47 })
})
