import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certificateDetail } from '../../../src/proxy/leg/certificate-detail.ts'

const now = Date.UTC(2026, 10, 21)
const root = { subject: 'C=XX\nCN=Root', issuer: 'C=XX\nCN=Root', validFrom: 'Jan  1 00:00:00 2020 GMT' }
const issuer = { subject: 'CN=Between', issuer: root.subject, validTo: 'Nov 20 06:30:00 2026 GMT' }
const leaf = {
  ...{ subject: 'CN=a.example', issuer: issuer.subject, subjectAltName: 'DNS:a.example, IP Address:127.0.0.1' },
  ...{ validFrom: 'Nov 22 00:00:00 2026 GMT', validTo: 'Dec 20 00:00:00 2026 GMT' },
}
const detail = (code: string, certificate: object | undefined = leaf) =>
  certificateDetail(code, certificate as never, now)

test('a certificate for other names says which, a few of them', () => {
  assert.equal(detail('ERR_TLS_CERT_ALTNAME_INVALID'), 'a.example, 127.0.0.1')
  const many = Array.from({ length: 40 }, (_, i) => `DNS:${i}.example`).join(', ')
  assert.match(
    detail('ERR_TLS_CERT_ALTNAME_INVALID', { ...leaf, subjectAltName: many }),
    /^0\.example, .* and 34 more$/,
  )
  assert.match(detail('ERR_TLS_CERT_ALTNAME_INVALID', { ...leaf, subjectAltName: undefined }), /no subjectAltName/)
})

test('a date is that of the certificate in the chain whose time it is not', () => {
  assert.equal(detail('CERT_NOT_YET_VALID'), 'valid from 2026-11-22 00:00 UTC')
  assert.equal(detail('CERT_HAS_EXPIRED'), '')
  const chain = { ...leaf, issuerCertificate: { ...issuer, issuerCertificate: root } }
  assert.equal(detail('CERT_HAS_EXPIRED', chain), 'valid until 2026-11-20 06:30 UTC')
})

test('who is missing or not trusted is named', () => {
  assert.equal(detail('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'CN=Between')
  const chain = { ...leaf, issuerCertificate: { ...issuer, issuerCertificate: root } }
  assert.equal(detail('SELF_SIGNED_CERT_IN_CHAIN', chain), 'C=XX, CN=Root')
})

test('where there is nothing to say, nothing is said', () => {
  assert.equal(detail('SOMETHING_ELSE'), '')
  assert.equal(certificateDetail('CERT_HAS_EXPIRED', undefined, now), '')
})
