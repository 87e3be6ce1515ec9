import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Problem } from '../../../src/problem/problem.ts'
import { chainWeakness, weakness } from '../../../src/proxy/leg/weakness.ts'

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
  const expired: Problem = { ...invalid, code: 'tls/certificate-expired' }
  assert.equal(weakness(certificate('rsa', 1024, 'sha1WithRSAEncryption'), expired), expired)
})

test('a key that OpenSSL cannot read is not weak', () => {
  const unreadable = {
    get publicKey() {
      throw new Error('decode error')
    },
    signatureAlgorithm: 'sha256WithRSAEncryption',
  } as never
  assert.equal(weakness(unreadable, invalid), invalid)
})

test('a chain is looked through up to its root, whose own signature proves nothing', () => {
  const link = (bits: number, digest: string, issuer?: object) => ({
    ...(certificate('rsa', bits, digest) as object),
    subject: String(bits),
    issuer: issuer ? 'above' : String(bits),
    issuerCertificate: issuer,
  })
  const root = link(4096, 'sha1WithRSAEncryption')
  const chain = (...links: [number, string][]) =>
    links.reduceRight<object>((above, [bits, digest]) => link(bits, digest, above), root) as never
  const sha256 = 'sha256WithRSAEncryption'
  assert.equal(chainWeakness(chain([2048, sha256], [2048, sha256])), undefined)
  assert.equal(chainWeakness(chain([1024, sha256]))?.code, 'tls/certificate-weak-key')
  assert.match(
    chainWeakness(chain([2048, sha256], [3072, 'sha1WithRSAEncryption']))!.message,
    /an issuer’s certificate.*SHA1/,
  )
  assert.equal(chainWeakness(undefined), undefined)
})
