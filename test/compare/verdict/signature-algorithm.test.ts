import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkSignatureAlgorithm, keyKindOf } from '../../../src/compare/verdict/signature-algorithm.ts'
import { ask } from './ask.ts'

test('the number of an algorithm tells the kind of key', () => {
  const kinds = { 1025: 'RSA', 2052: 'RSA', 2057: 'RSA-PSS', 1027: 'ECDSA', 2055: 'EdDSA', 514: 'DSA' }
  for (const [algorithm, kind] of Object.entries(kinds)) assert.equal(keyKindOf(Number(algorithm)), kind)
})

test('a key of a kind that the client cannot verify fails', () => {
  const reason = checkSignatureAlgorithm(ask({ signatureAlgorithms: [0x0403] }, { signatureAlgorithm: 0x0804 }))
  assert.equal(reason?.standing, 'fails')
  assert.match(reason?.sentence ?? '', /type RSA/)
})

test('a server that signs as before TLS 1.2 may not do for a client that names its algorithms', () => {
  const named = { signatureAlgorithms: [0x0403, 0x0804] }
  const old = { version: 0x0301, signatureAlgorithm: undefined as never }
  const reason = checkSignatureAlgorithm(ask(named, { ...old, cipherSuite: 0xc014 }))
  assert.equal(reason?.standing, 'may-fail')
  assert.match(reason?.sentence ?? '', /TLS 1\.0 signs with MD5 with SHA-1.*OpenSSL 3/)
  assert.match(
    checkSignatureAlgorithm(ask(named, { ...old, cipherSuite: 0xc00a }))?.sentence ?? '',
    /signs with SHA-1,/,
  )
  assert.equal(checkSignatureAlgorithm(ask(named, { ...old, cipherSuite: 0x0035 })), undefined) // RSA key exchange
  assert.equal(checkSignatureAlgorithm(ask(named, { ...old, cipherSuite: 0xc014, resumption: 'ticket' })), undefined)
  const sha1 = ask({ signatureAlgorithms: [0x0203, 0x0403] }, { ...old, cipherSuite: 0xc00a })
  assert.equal(checkSignatureAlgorithm(sha1), undefined)
  const silent = ask({ signatureAlgorithms: undefined as never }, { ...old, cipherSuite: 0xc014 })
  assert.equal(checkSignatureAlgorithm(silent), undefined)
})
