import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leafKeyFor } from '../../../src/proxy/leg/leaf-key.ts'

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
