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
  assert.match(reason?.sentence ?? '', /kind RSA/)
})
