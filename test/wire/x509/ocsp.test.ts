import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Field, MalformedError } from '../../../src/wire/reader.ts'
import { readCertificate } from '../../../src/wire/x509/certificate.ts'
import { ocspFields, readOcspResponse } from '../../../src/wire/x509/ocsp.ts'
import { bytes } from './bytes.ts'
import { ocspResponse } from './ocsp-response.ts'
import { intermediate, leaf, noOpenssl } from './openssl.ts'

const it = (title: string, run: () => void): void => void test(title, { skip: noOpenssl }, run)
const respond = (status: 'good' | 'revoked' | 'unknown') => ocspResponse(status, leaf(), intermediate())

it('a response names its responder, its certificate and its times', () => {
  const { status, basic } = readOcspResponse(respond('good'))
  const [one, ...others] = basic!.certificates
  assert.deepEqual([status, others.length], ['successful', 0])
  assert.equal(basic!.responder, 'CN=Test Intermediate, O=Test, C=GB')
  assert.equal(basic!.signatureAlgorithm.name, 'ecdsa-with-SHA256')
  assert.equal(one!.serial, readCertificate(leaf().der).serial)
  assert.equal(one!.issuerKeyHash, readCertificate(intermediate().der).subjectKeyId)
  assert.deepEqual([one!.status, one!.hashAlgorithm, one!.revokedAt], ['good', 'SHA-1', undefined])
  assert.equal(one!.nextUpdate! - one!.thisUpdate, 7 * 86_400_000)
  assert.deepEqual(Buffer.from(basic!.responderCertificates[0]!), Buffer.from(intermediate().der))
})

it('a revoked certificate says when and why', () => {
  const [one] = readOcspResponse(respond('revoked')).basic!.certificates
  assert.deepEqual([one!.status, one!.revokedAt, one!.reason], ['revoked', Date.UTC(2025, 2, 1, 12), 'keyCompromise'])
})

it('a certificate that the responder does not know is unknown', () => {
  assert.equal(readOcspResponse(respond('unknown')).basic!.certificates[0]!.status, 'unknown')
})

test('a refusal has a status and nothing else', () => {
  assert.deepEqual(readOcspResponse(bytes('3003 0a0103')), { status: 'tryLater' })
  assert.deepEqual(readOcspResponse(bytes('3003 0a0109')), { status: '9' })
})

it('fields cover the response and lie inside their parents', () => {
  const der = respond('revoked')
  const shown: string[] = []
  const walk = (fields: readonly Field[], start: number, end: number): void => {
    for (const field of fields) {
      shown.push(`${field.name}: ${field.shown}`)
      assert.ok(field.start >= start && field.end <= end, field.name)
      walk(field.children ?? [], field.start, field.end)
    }
  }
  walk(ocspFields(der), 0, der.length)
  assert.ok(shown.includes('status: revoked, keyCompromise'))
  assert.ok(shown.includes('revoked at: 2025-03-01T12:00:00.000Z'))
  assert.ok(shown.includes('type: basic OCSP response (1.3.6.1.5.5.7.48.1.1)'))
})

const valueOrMalformed = (input: Uint8Array): void => {
  try {
    readOcspResponse(input)
  } catch (error) {
    assert.ok(error instanceof MalformedError, String(error))
  }
}

test('random bytes are values or MalformedErrors', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), valueOrMalformed))
})

it('a response cut short anywhere is refused, one with changed bytes is a value or a MalformedError', () => {
  const der = respond('revoked')
  for (let length = 0; length < der.length; length += 2)
    assert.throws(() => readOcspResponse(der.subarray(0, length)), MalformedError)
  fc.assert(
    fc.property(fc.nat(der.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
      valueOrMalformed(der.with(at, value))
    }),
    { numRuns: 500 },
  )
})
