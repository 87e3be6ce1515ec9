import assert from 'node:assert/strict'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { type CertificateSpec, certificatePem } from '../../src/peers/certificate.ts'

const { privateKey: rootKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const { privateKey: leafKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const root = { subject: 'A root', key: rootKey }
const dates = { notBefore: new Date('2026-01-02T03:04:05Z'), notAfter: new Date('2027-01-02T03:04:05Z') }
const read = (spec: CertificateSpec) => new X509Certificate(certificatePem(spec))
const rootCertificate = read({ ...root, ...dates, issuer: root, use: 'authority' })
const leafSpec = { subject: 'leaf', key: leafKey, issuer: root, use: 'server', names: ['a.test', 'b.test'] } as const

test('OpenSSL reads back what was said', () => {
  const leaf = read({ ...leafSpec, ...dates })
  assert.equal(leaf.subject, 'CN=leaf')
  assert.equal(leaf.issuer, 'CN=A root')
  assert.equal(leaf.subjectAltName, 'DNS:a.test, DNS:b.test')
  assert.equal(new Date(leaf.validFrom).getTime(), dates.notBefore.getTime())
  assert.equal(new Date(leaf.validTo).getTime(), dates.notAfter.getTime())
  assert.equal(leaf.serialNumber.length, 32)
  assert.deepEqual(leaf.keyUsage, ['1.3.6.1.5.5.7.3.1'])
})

test('the issuer signed it, and nobody else', () => {
  const leaf = read({ ...leafSpec, ...dates })
  assert.ok(leaf.checkIssued(rootCertificate))
  assert.ok(leaf.verify(rootCertificate.publicKey))
  assert.ok(!leaf.verify(leaf.publicKey))
})

test('an authority is a CA and a leaf is not', () => {
  assert.equal(rootCertificate.ca, true)
  assert.equal(read({ ...leafSpec, ...dates }).ca, false)
})

test('an RSA key signs as well as an EC key', () => {
  const issuer = { subject: 'An RSA root', key: leafKey }
  const leaf = read({ ...leafSpec, ...dates, issuer })
  assert.ok(leaf.verify(leaf.publicKey))
})

test('two certificates never share a serial number', () => {
  assert.notEqual(read({ ...leafSpec, ...dates }).serialNumber, read({ ...leafSpec, ...dates }).serialNumber)
})
