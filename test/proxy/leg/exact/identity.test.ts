import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { identityOf } from '../../../../src/proxy/leg/exact/identity.ts'
import { ecdsa } from './exact-pair.ts'

test('every certificate of the PEM comes in its order, with the key', () => {
  const chain = readFileSync(new URL('../../../fixtures/tls-identities/chain.pem', import.meta.url), 'latin1')
  const cert = `${chain}\n${chain}`
  const identity = identityOf({ host: '*', cert, key: ecdsa.key.toString() })
  const pems = cert.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g)!
  assert.deepEqual(
    identity.certificates,
    pems.map(pem => new X509Certificate(pem).raw),
  )
  assert.equal(identity.key.asymmetricKeyType, 'ec')
})

test('the same certificate is read once', () => {
  const certificate = { host: '*', cert: ecdsa.cert.toString(), key: ecdsa.key.toString() }
  assert.equal(identityOf(certificate), identityOf(certificate))
})
