import assert from 'node:assert/strict'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { issueCertificate, nameOf, pemOf, publicKeyNode } from '../../ca/certificate.ts'
import { oids } from '../../ca/extensions.ts'

const signer = generateKeyPairSync('rsa', { modulusLength: 2048 })
const subject = generateKeyPairSync('ec', { namedCurve: 'P-256' })

function issue(validity = { notBefore: Date.UTC(2026, 0, 1), notAfter: Date.UTC(2055, 0, 1) }): Promise<Buffer> {
  const names = {
    issuer: nameOf([oids.commonName, 'I']),
    subject: nameOf([oids.organizationName, 'Ö'], [oids.commonName, '*.s_']),
  }
  return issueCertificate(
    { ...names, validity, publicKey: publicKeyNode(subject.publicKey), extensions: [] },
    signer.privateKey,
  )
}

test('a certificate says what it was told and verifies with the signer alone', async () => {
  const certificate = new X509Certificate(await issue())
  assert.equal(certificate.issuer, 'CN=I')
  assert.equal(certificate.subject, 'O=Ö\nCN=*.s_')
  assert.equal(certificate.validFromDate.getTime(), Date.UTC(2026, 0, 1))
  assert.equal(certificate.validToDate.getTime(), Date.UTC(2055, 0, 1))
  assert.ok(certificate.publicKey.equals(subject.publicKey))
  assert.ok(certificate.verify(signer.publicKey))
  assert.ok(!certificate.verify(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey))
})

test('serial numbers are 128 bits long, positive and never twice the same', async () => {
  const serials = await Promise.all(
    Array.from({ length: 20 }, async () => new X509Certificate(await issue()).serialNumber),
  )
  for (const serial of serials) assert.match(serial, /^[4-7][\dA-F]{31}$/)
  assert.equal(new Set(serials).size, 20)
})

test('PEM has lines of 64 characters and gives the same bytes back', async () => {
  const der = await issue()
  const pem = pemOf(der)
  assert.ok(pem.split('\n').every(line => line.length <= 64))
  assert.deepEqual(new X509Certificate(pem).raw, der)
})
