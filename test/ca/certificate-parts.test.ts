import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { readAltNames, readCertificateParts, readKeyIdentifier } from '../../ca/certificate-parts.ts'
import { encode, octets, sequence, tag } from '../../ca/der.ts'
import { oids } from '../../ca/extensions.ts'
import { makeRoot } from '../../ca/root.ts'
import { now, realCertificate } from './make.ts'

test('the names of a certificate whose key forge cannot read are read', async () => {
  const der = await realCertificate({
    key: 'ed25519',
    commonName: 'é',
    dnsNames: ['a.test'],
    addresses: [Buffer.of(10, 0, 0, 1)],
  })
  const parts = readCertificateParts(der)
  assert.equal(parts.commonName, 'é')
  assert.deepEqual(readAltNames(parts.extensions.get(oids.subjectAltName)!), {
    dnsNames: ['a.test'],
    addresses: [Buffer.of(10, 0, 0, 1)],
  })
})

test('the period and the algorithm of the key are those of the certificate', async () => {
  const period = { notBefore: Date.UTC(2026, 0, 1), notAfter: Date.UTC(2051, 0, 1) }
  const algorithms = { rsa: '1.2.840.113549.1.1.1', ec: '1.2.840.10045.2.1', ed25519: '1.3.101.112' } as const
  for (const key of ['rsa', 'ec', 'ed25519'] as const) {
    const { validity, keyAlgorithm } = readCertificateParts(await realCertificate({ key, ...period }))
    assert.deepEqual(validity, period)
    assert.equal(keyAlgorithm, algorithms[key])
  }
})

test('an empty subject has no common name', async () => {
  assert.ok(!('commonName' in readCertificateParts(await realCertificate({}))))
})

test('names that no certificate should hold are left out, and other kinds of name too', () => {
  const odd = [
    tag(2, Buffer.from('a b')),
    tag(2, Buffer.from('a\0b')),
    tag(2, Buffer.from('ü')),
    tag(2, Buffer.alloc(0)),
    tag(7, Buffer.of(1, 2)),
    tag(1, Buffer.from('a@b')),
  ]
  assert.deepEqual(readAltNames(encode(sequence(...odd, tag(2, Buffer.from('good.test'))))), {
    dnsNames: ['good.test'],
    addresses: [],
  })
})

test('a name with the comma that Node prints between names stays one name', () => {
  assert.deepEqual(readAltNames(encode(sequence(tag(2, Buffer.from('a,DNS:b'))))).dnsNames, ['a,DNS:b'])
})

test('the key identifier and the subject are those of the certificate', async () => {
  const raw = new X509Certificate((await makeRoot(now)).certificate).raw
  const parts = readCertificateParts(raw)
  assert.equal(readKeyIdentifier(parts.extensions.get(oids.subjectKeyIdentifier)!).length, 20)
  assert.ok(raw.includes(encode(parts.subject)))
  assert.deepEqual(readKeyIdentifier(encode(octets(Buffer.of(1, 2)))), Buffer.of(1, 2))
})

test('bytes that are no certificate are an error', () => {
  assert.throws(() => readCertificateParts(Buffer.from('nonsense')))
  assert.throws(() => readCertificateParts(encode(sequence())))
})
