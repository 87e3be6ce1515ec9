import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cipherSuites, showCipherSuite, sslv2CipherSpecs } from '../../../../src/wire/tls/registry/cipher-suites.ts'

test('suites have IANA names, deployed drafts included', () => {
  assert.equal(showCipherSuite(0x1301), 'TLS_AES_128_GCM_SHA256 (0x1301)')
  assert.equal(showCipherSuite(0xc02f), 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 (0xc02f)')
  assert.equal(showCipherSuite(0xcc13), 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256_DRAFT (0xcc13)')
  assert.equal(showCipherSuite(0x5600), 'TLS_FALLBACK_SCSV (0x5600)')
  assert.equal(showCipherSuite(0x0067), 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA256 (0x0067)')
  assert.equal(showCipherSuite(0xc0b4), 'TLS_SHA256_SHA256 (0xc0b4)')
  assert.equal(showCipherSuite(0x0047), '0x0047')
})

test('no name is given to two numbers', () => {
  const names = Object.values(cipherSuites)
  assert.equal(new Set(names).size, names.length)
  assert.ok(names.length > 350)
})

test('SSL 2.0 specs have three bytes', () => {
  assert.equal(sslv2CipherSpecs[0x0700c0], 'SSL_CK_DES_192_EDE3_CBC_WITH_MD5')
})
