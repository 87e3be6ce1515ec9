import assert from 'node:assert/strict'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { makeTestAuthority } from '../../src/peers/certificates.ts'

const authority = await makeTestAuthority()
const root = new X509Certificate(authority.caPem)
const middle = new X509Certificate(authority.intermediatePem)

test('a leaf is valid now, for its host, and belongs to its key', () => {
  for (const keyType of ['ec', 'rsa'] as const) {
    const { cert, key } = authority.issue({ host: 'a.localhost', keyType })
    const leaf = new X509Certificate(cert)
    assert.ok(leaf.verify(root.publicKey))
    assert.equal(leaf.checkHost('a.localhost'), 'a.localhost')
    assert.equal(leaf.checkHost('b.localhost'), undefined)
    assert.ok(leaf.checkPrivateKey(createPrivateKey(key)))
    assert.equal(leaf.publicKey.asymmetricKeyType, keyType)
    assert.ok(new Date(leaf.validFrom) < new Date() && new Date() < new Date(leaf.validTo))
  }
})

test('days from now make a leaf expired or not yet valid', () => {
  const expired = new X509Certificate(authority.issue({ host: 'a', validFrom: -9, validUntil: -1 }).cert)
  const early = new X509Certificate(authority.issue({ host: 'a', validFrom: 1 }).cert)
  assert.ok(new Date(expired.validTo) < new Date())
  assert.ok(new Date(early.validFrom) > new Date())
})

test('the intermediate comes along unless the chain is to be incomplete', () => {
  const { cert } = authority.issue({ host: 'a', issuer: 'intermediate' })
  const incomplete = authority.issue({ host: 'a', issuer: 'intermediate', complete: false })
  assert.ok(cert.endsWith(authority.intermediatePem))
  assert.ok(!incomplete.cert.includes(authority.intermediatePem))
  assert.ok(new X509Certificate(incomplete.cert).verify(middle.publicKey))
  assert.ok(middle.verify(root.publicKey))
})

test('a self-signed leaf verifies with its own key alone', () => {
  const leaf = new X509Certificate(authority.issue({ host: 'a', issuer: 'self' }).cert)
  assert.equal(leaf.issuer, leaf.subject)
  assert.ok(leaf.verify(leaf.publicKey))
  assert.ok(!leaf.verify(root.publicKey))
})

test('a client certificate is for client authentication and names no host', () => {
  const leaf = new X509Certificate(authority.issue({ host: 'Someone', use: 'client' }).cert)
  assert.deepEqual(leaf.keyUsage, ['1.3.6.1.5.5.7.3.2'])
  assert.equal(leaf.subjectAltName, undefined)
})
