import assert from 'node:assert/strict'
import { test } from 'node:test'
import { showChain, structureOf } from '../../src/compare/chain.ts'
import { identity } from '../wire/tls/test-certificates.ts'
import { readPem } from '../wire/x509/read-pem.ts'

const chain = readPem(identity('chain').cert)

test('a chain is told from the leaf to the root', () => {
  assert.equal(showChain(chain), 'CN=api.example.test ← Test Authority 2 ← Test Authority 1 ← Test Root')
})

test('an issuer that was not sent is named all the same', () => {
  assert.equal(showChain(chain.slice(0, 1)), 'CN=api.example.test ← Test Authority 2')
})

test('a self-signed certificate stands alone', () => {
  assert.equal(showChain(readPem(identity('rsa').cert)), 'CN=api.example.test')
})

test('a chain without end is cut', () => {
  const endless = Array.from({ length: 50 }, () => chain[1]!)
  assert.match(showChain([chain[0]!, ...endless]), /46 more/)
  assert.match(showChain([...endless, chain[2]!]), / ← 46 more ← Test Root$/)
})

test('no certificate and no readable certificate are told apart', () => {
  assert.equal(showChain([]), 'no certificate')
  assert.equal(showChain([new Uint8Array(4)]), 'unreadable certificate')
  assert.equal(structureOf(new Uint8Array(4)), undefined)
})
