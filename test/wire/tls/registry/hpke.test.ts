import assert from 'node:assert/strict'
import { test } from 'node:test'
import { showAead, showKdf, showKem } from '../../../../src/wire/tls/registry/hpke.ts'

test('HPKE algorithms have their names', () => {
  assert.equal(showKem(0x20), 'DHKEM(X25519, HKDF-SHA256) (0x0020)')
  assert.equal(showKdf(1), 'HKDF-SHA256 (0x0001)')
  assert.equal(showAead(3), 'ChaCha20Poly1305 (0x0003)')
  assert.equal(showAead(9), '0x0009')
})
