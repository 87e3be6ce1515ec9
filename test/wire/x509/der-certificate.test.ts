import assert from 'node:assert/strict'
import { test } from 'node:test'
import { derCertificate } from '../../../src/wire/x509/der-certificate.ts'
import { keyed, pem, textExtension } from '../tls/client/certificate-of.ts'

const { certificate } = keyed('P-256')

test('a certificate in DER', () => {
  assert.equal(derCertificate(certificate).publicKey.asymmetricKeyType, 'ec')
  assert.ok(derCertificate(new Uint8Array(certificate)).raw.equals(certificate))
})

test('nothing else: no PEM, no more bytes, and none that has another in PEM inside', () => {
  const inside = keyed('P-256', { extensions: [textExtension(`\n${pem(keyed('ed25519').certificate)}`)] }).certificate
  for (const bytes of [Buffer.from(pem(certificate)), Buffer.concat([certificate, Buffer.of(0)]), inside, Buffer.of(1)])
    assert.throws(() => derCertificate(bytes))
})
