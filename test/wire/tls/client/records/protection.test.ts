import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canProtect, protectionOf } from '../../../../../src/wire/tls/client/records/protection.ts'
import { recordAlgorithm } from '../../../../../src/wire/tls/record-algorithm.ts'
import { cipherSuiteFacts } from '../../../../../src/wire/tls/registry/cipher-suite-facts.ts'
import { suites } from './algorithms.ts'

const algorithm = (suite: number) => recordAlgorithm(cipherSuiteFacts(suite)!, 0x0303)

test('GCM, CCM, ChaCha20, CBC of AES, 3DES, Camellia and ARIA can be protected, in every version that has them', () => {
  const ciphers = new Set(suites.map(suite => suite.algorithm.cipher))
  for (const cipher of ['aes-128-gcm', 'aes-256-ccm', 'chacha20-poly1305', 'aes-256-cbc', 'des-ede3-cbc'])
    assert.ok(ciphers.has(cipher), cipher)
  assert.ok(ciphers.has('camellia-128-cbc') && ciphers.has('aria-256-gcm'))
})

test('RC4, NULL and Camellia in GCM cannot', () => {
  const keys = { key: new Uint8Array(16), iv: new Uint8Array(0) }
  for (const suite of [0x0005, 0x003b, 0xc07a]) {
    assert.equal(canProtect(algorithm(suite)), false)
    assert.throws(() => protectionOf(0x0303, algorithm(suite), keys, false), RangeError)
  }
})
