import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Problem } from '../../src/problem/problem.ts'
import { refusal } from '../../src/proxy/refusal.ts'
import type { Offer } from '../../src/wire/tls/narrow-offer.ts'

const told: Problem = { code: 'tls/no-common-suite', blame: 'server', message: 'alert handshake_failure' }
const alert = 7 // bytes
const hello: Offer = {
  cipherSuites: [0x1301],
  supportedVersions: [0x0304],
  supportedGroups: [23],
  signatureAlgorithms: [0x0403, 0x0804],
}

test('handshake_failure in answer to a hello is about what the hello lacks', () => {
  assert.equal(refusal(told, alert, hello), told)
  const groups = refusal(told, alert, { ...hello, supportedGroups: [29] })
  assert.deepEqual([groups.code, groups.blame], ['tls/no-common-group', 'server'])
  assert.match(groups.message, /lacks secp256r1/)
  const algorithms = refusal(told, alert, { ...hello, signatureAlgorithms: [0x0403] })
  assert.equal(algorithms.code, 'tls/no-common-signature-algorithm')
})

test('nothing is made of a hello that is not known', () => {
  assert.equal(refusal(told, alert, undefined), told)
})

test('a HelloRetryRequest before it is no certificate', () => {
  assert.equal(refusal(told, 112, hello), told)
})

test('after the server’s own messages it is about the client’s certificate', () => {
  assert.equal(refusal(told, 1500, { ...hello, supportedGroups: [29] }).code, 'tls/client-certificate-required')
})

test('other problems stay what they are', () => {
  const other: Problem = { ...told, code: 'tls/bad-record' }
  assert.equal(refusal(other, 1500, hello), other)
})
