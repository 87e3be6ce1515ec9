import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certificateJson } from '../../../src/view/json/certificate-json.ts'
import { identity } from '../../wire/tls/test-certificates.ts'
import { readPem } from '../../wire/x509/read-pem.ts'

test('a certificate is its PEM and what it says', () => {
  const [der] = readPem(identity('ecdsa').cert)
  const json = certificateJson(der!)
  assert.deepEqual(Buffer.from(readPem(json.pem)[0]!), Buffer.from(der!))
  assert.deepEqual(
    [json.subject, json.key, json.subjectAlternativeNames],
    ['CN=api.example.test', 'EC P-256', ['api.example.test']],
  )
  assert.match(json.notAfter ?? '', /^2056-\d\d-\d\dT.*Z$/)
})

test('bytes that are no certificate are PEM and nothing else', () => {
  assert.deepEqual(Object.keys(certificateJson(Uint8Array.of(1, 2))), ['pem'])
})
