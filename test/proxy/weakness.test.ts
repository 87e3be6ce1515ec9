import assert from 'node:assert/strict'
import { test } from 'node:test'
import { weakness } from '../../src/proxy/weakness.ts'

const certificate = (type: string, modulusLength: number | undefined, signatureAlgorithm: string) =>
  ({ publicKey: { asymmetricKeyType: type, asymmetricKeyDetails: { modulusLength } }, signatureAlgorithm }) as never
const invalid = { code: 'tls/certificate-invalid', blame: 'server', message: 'UNSPECIFIED', remedy: 'r' } as const

test('what Node cannot name is a short key or a weak digest where the certificate has one', () => {
  assert.equal(weakness(certificate('rsa', 1024, 'sha256WithRSAEncryption'), invalid).code, 'tls/certificate-weak-key')
  assert.equal(weakness(certificate('rsa', 2048, 'sha1WithRSAEncryption'), invalid).code, 'tls/certificate-weak-digest')
  assert.equal(weakness(certificate('ec', undefined, 'ecdsa-with-SHA1'), invalid).code, 'tls/certificate-weak-digest')
})

test('a sound certificate and a problem that has a name stay as they are', () => {
  assert.equal(weakness(certificate('rsa', 2048, 'sha256WithRSAEncryption'), invalid), invalid)
  assert.equal(weakness(undefined, invalid), invalid)
  const expired = { ...invalid, code: 'tls/certificate-expired' }
  assert.equal(weakness(certificate('rsa', 1024, 'sha1WithRSAEncryption'), expired), expired)
})
