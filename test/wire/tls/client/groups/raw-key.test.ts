import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { keyFromRaw, rawOf } from '../../../../../src/wire/tls/client/groups/raw-key.ts'

test('a key comes back from its bytes, and from no other number of them', () => {
  const raw = rawOf(generateKeyPairSync('x25519').publicKey)
  assert.equal(raw.length, 32)
  assert.deepEqual(rawOf(keyFromRaw('x25519', raw)), raw)
  for (const length of [0, 31]) assert.throws(() => keyFromRaw('x25519', raw.subarray(0, length)))
})
