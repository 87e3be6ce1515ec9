import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEncryptedExtensions } from '../../../../../src/wire/tls/client/tls13/encrypted-extensions.ts'
import { extensionList, message, type Part, vector8, vector16 } from '../offer.ts'
import { stateOf } from '../state-of.ts'

const empty = Buffer.alloc(0)
const names = (...all: readonly string[]): Buffer => vector16(...all.map(name => vector8(Buffer.from(name))))
const and: readonly Part[] = [
  [19, vector8(Buffer.of(0))],
  [20, vector8(Buffer.of(2, 0, 3))],
  [0x7550, empty],
  [17513, names('h2')],
  [17613, names('h2')],
]
const read = (...parts: readonly Part[]) => {
  const state = stateOf({ alpn: ['h2', 'http/1.1'], and })
  const { hello } = state.sent // early data goes with a session only
  const extensions = [...hello.extensions, { type: 42, data: empty, start: 0 }]
  state.sent = { ...state.sent, hello: { ...hello, extensions } }
  const bytes = message(8, extensionList(parts))
  return readEncryptedExtensions(state, { type: 8, bytes })
}
const h2: Part = [16, names('h2')]

test('nothing said is what most clients want', () => {
  assert.deepEqual(read(), { earlyData: false, rawKey: false, takesCertificate: true, settings: undefined })
})

test('types of certificates are of those that were offered', () => {
  assert.equal(read([20, Buffer.of(2)]).rawKey, true)
  assert.equal(read([20, Buffer.of(0)]).rawKey, false)
  assert.throws(() => read([20, Buffer.of(1)]), { alert: 47 })
  assert.throws(() => read([20, Buffer.of(3)]), { code: 'unsupported' })
  assert.throws(() => read([19, Buffer.of(2)]), { alert: 47 })
  assert.throws(() => read([20, empty]), { alert: 50 })
})

test('application settings are of the protocol that was agreed', () => {
  assert.equal(read(h2, [17613, Buffer.from('settings')]).settings, 17613)
  assert.equal(read(h2, [17513, empty]).settings, 17513)
  assert.throws(() => read([17613, empty]), { alert: 47 })
  assert.throws(() => read([16, names('http/1.1')], [17613, empty]), { alert: 47 })
  assert.throws(() => read(h2, [17613, empty], [17513, empty]), { alert: 47 })
  assert.throws(() => read(h2, [17613, empty], [42, empty]), { alert: 47 })
})

test('Channel ID is not spoken here', () => {
  assert.throws(() => read([0x7550, empty]), { code: 'unsupported' })
})

test('early data is accepted by an empty extension', () => {
  assert.equal(read([42, empty]).earlyData, true)
  assert.throws(() => read([42, Buffer.of(0)]), { alert: 50 })
})
