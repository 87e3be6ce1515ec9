import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leafKeyFor, leafSignatureFor } from '../../../src/proxy/leg/leaf-key.ts'

const tls13 = {
  cipherSuites: [0x1301],
  supportedVersions: [0x0304],
  supportedGroups: [29],
  signatureAlgorithms: [0x0403],
}
const tls12 = { cipherSuites: [0xc02b, 0xc02f], supportedGroups: [23], signatureAlgorithms: [0x0403, 0x0401] }

test('an EC key is the rule', () => {
  assert.equal(leafKeyFor(undefined), 'ec')
  assert.equal(leafKeyFor(tls13), 'ec') // the group of the key exchange has no say in TLS 1.3
  assert.equal(leafKeyFor(tls12), 'ec')
  assert.equal(leafKeyFor({ cipherSuites: [0xc009] }), 'ec')
})

test('a client that cannot verify one gets RSA', () => {
  assert.equal(leafKeyFor({ ...tls13, signatureAlgorithms: [0x0804] }), 'rsa')
  assert.equal(leafKeyFor({ ...tls12, signatureAlgorithms: [0x0401] }), 'rsa')
  assert.equal(leafKeyFor({ ...tls12, supportedGroups: [29] }), 'rsa')
  assert.equal(leafKeyFor({ ...tls12, cipherSuites: [0xc02f] }), 'rsa')
})

test('a leaf is signed with ECDSA for a client alone that says that it verifies this', () => {
  assert.equal(leafSignatureFor(tls13), 'ec')
  assert.equal(leafSignatureFor(tls12), 'ec')
  assert.equal(leafSignatureFor({ ...tls13, signatureAlgorithms: [0x0804, 0x0403] }), 'ec')
})

test('a client that does not say so, or whose suites have no ECDSA, gets a leaf signed with RSA', () => {
  assert.equal(leafSignatureFor(undefined), 'rsa')
  assert.equal(leafSignatureFor({ cipherSuites: [0xc009] }), 'rsa') // TLS 1.0 has no signature_algorithms
  assert.equal(leafSignatureFor({ ...tls13, signatureAlgorithms: [0x0503, 0x0804] }), 'rsa')
  assert.equal(leafSignatureFor({ ...tls12, signatureAlgorithms: [0x0203, 0x0201] }), 'rsa')
  assert.equal(leafSignatureFor({ ...tls12, cipherSuites: [0xc02f] }), 'rsa')
  assert.equal(leafSignatureFor({ ...tls12, supportedGroups: [29] }), 'rsa')
})

test('what a client verifies in certificates counts, where it tells that apart', () => {
  assert.equal(leafSignatureFor({ ...tls13, signatureAlgorithmsCert: [0x0401] }), 'rsa')
  assert.equal(leafSignatureFor({ ...tls13, signatureAlgorithmsCert: [0x0401, 0x0403] }), 'ec')
})
