import assert from 'node:assert/strict'
import { test } from 'node:test'
import { schemeNames, showSignatureScheme } from '../../../../src/wire/tls/registry/signature-schemes.ts'

test('TLS 1.3 names win over the pairs of TLS 1.2, which fill the rest', () => {
  assert.deepEqual([0x0403, 0x0804, 0x0101, 0x0904, 0x9999, 0x1a1a].map(showSignatureScheme), [
    'ecdsa_secp256r1_sha256 (0x0403)',
    'rsa_pss_rsae_sha256 (0x0804)',
    'rsa_md5 (0x0101)',
    'mldsa44 (0x0904)',
    '0x9999',
    'GREASE (0x1a1a)',
  ])
})

test('ed25519 is not called a pair', () => assert.equal(showSignatureScheme(0x0807), 'ed25519 (0x0807)'))

test('a list of schemes is their names', () => assert.equal(schemeNames([0x0807, 0x0401]), 'ed25519, rsa_pkcs1_sha256'))
