import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSignedBy } from '../../../src/wire/x509/signature.ts'
import { intermediate, leaf, noOpenssl, root } from './openssl.ts'

test('only the key that signed verifies', { skip: noOpenssl }, () => {
  assert.equal(isSignedBy(leaf().der, intermediate().der), true)
  assert.equal(isSignedBy(leaf().der, root().der), false)
  assert.equal(isSignedBy(root().der, root().der), true)
})

test('of what OpenSSL cannot read nothing is known', () => {
  assert.equal(isSignedBy(Uint8Array.of(0x30, 0), Uint8Array.of(0x30, 0)), undefined)
})
