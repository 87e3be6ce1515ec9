import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { readCertificateParts, readKeyIdentifier } from '../../ca/certificate-parts.ts'
import { encode } from '../../ca/der.ts'
import { authorityKeyIdentifier, oids } from '../../ca/extensions.ts'
import { makeIntermediate } from '../../ca/intermediate.ts'
import { day, now, rootFor } from './make.ts'

const root = await rootFor()
const issuer = await makeIntermediate(root, now)
const certificate = new X509Certificate(issuer.chain)
const parts = readCertificateParts(certificate.raw)

test('an intermediate is a P-256 authority that the root signed, for as long as the root', () => {
  assert.equal(certificate.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1')
  assert.ok(certificate.ca)
  assert.ok(certificate.checkIssued(root.certificate))
  assert.ok(certificate.verify(root.certificate.publicKey))
  assert.equal(certificate.validFromDate.getTime(), Math.floor((now - day) / 1000) * 1000)
  assert.equal(certificate.validToDate.getTime(), root.notAfter.getTime())
  assert.match(certificate.serialNumber, /^[4-7][\dA-F]{31}$/)
})

test('it may sign leaves of TLS servers and nothing else', () => {
  const hex = (id: string) => parts.extensions.get(id)?.toString('hex')
  assert.equal(hex(oids.basicConstraints), '30060101ff020100')
  assert.equal(hex(oids.keyUsage), '03020106')
  assert.equal(hex(oids.extKeyUsage), '300a06082b06010505070301')
})

test('it names the root’s key and its own, as its leaves do', () => {
  const own = readKeyIdentifier(parts.extensions.get(oids.subjectKeyIdentifier)!)
  assert.deepEqual(encode(authorityKeyIdentifier(own)), issuer.authorityKeyIdentifier)
  const ofRoot = parts.extensions.get(oids.authorityKeyIdentifier)!
  assert.ok(encode(authorityKeyIdentifier(root.keyIdentifier!)).includes(ofRoot))
  assert.deepEqual(issuer.name, encode(parts.subject))
})

test('each run has a name and a key of its own', async () => {
  const other = await makeIntermediate(root, now)
  assert.match(certificate.subject, /^O=Parley\nCN=Parley run [\da-f]{8}$/)
  assert.notDeepEqual(other.name, issuer.name)
  assert.notDeepEqual(other.authorityKeyIdentifier, issuer.authorityKeyIdentifier)
})

test('under a root without an identifier it names no key of the root', async () => {
  const { keyIdentifier: _, ...bare } = root
  const { extensions } = readCertificateParts(new X509Certificate((await makeIntermediate(bare, now)).chain).raw)
  assert.ok(!extensions.has(oids.authorityKeyIdentifier))
  assert.ok(extensions.has(oids.subjectKeyIdentifier))
})
