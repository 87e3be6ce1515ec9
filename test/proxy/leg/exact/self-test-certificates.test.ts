import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certificates } from '../../../../src/proxy/leg/exact/self-test-certificates.ts'
import { readCertificate } from '../../../../src/wire/x509/certificate.ts'

const read = Object.entries(certificates).map(
  ([name, base64]) => [name, readCertificate(Buffer.from(base64, 'base64'))] as const,
)

test('they hold as long as a date can be written, but for those that must not', () => {
  const [first, last] = [Date.UTC(2000, 0, 1), Date.UTC(9999, 11, 31, 23, 59, 59)]
  for (const [name, { notBefore, notAfter }] of read) {
    assert.equal(notBefore === first, name !== 'future', name)
    assert.equal(notAfter === last, name !== 'expired', name)
  }
})

test('all have keys of P-256, and one a signature with SHA-1', () => {
  assert.deepEqual([...new Set(read.map(([, { key }]) => key.curve))], ['P-256'])
  const weak = read.filter(([, { signatureAlgorithm }]) => signatureAlgorithm.hash !== 'SHA-256')
  assert.deepEqual(
    weak.map(([name]) => name),
    ['signedWithSha1'],
  )
})
