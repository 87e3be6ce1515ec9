import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shownOf, vectorHex } from '../tls-fixtures.ts'
import { readBody, tls12, tls13 } from './read-body.ts'

const der = vectorHex(3, '3003020101')

test('TLS 1.2 has DER alone, TLS 1.3 a context and extensions', () => {
  const old = readBody(11, vectorHex(3, der + der), tls12())
  assert.ok(old.value.name === 'certificate')
  assert.deepEqual([old.value.certificate.certificates.length, old.value.certificate.context], [2, undefined])
  const read = readBody(11, `00 ${vectorHex(3, `${der} 0000`)}`, tls13)
  assert.ok(read.value.name === 'certificate')
  assert.deepEqual([read.value.certificate.certificates.length, read.value.certificate.context?.length], [1, 0])
})

test('the OCSP response of the leaf is taken, not that of an issuer', () => {
  const staple = (byte: string) => vectorHex(2, `0005 ${vectorHex(2, `01 ${vectorHex(3, byte)}`)}`)
  const { value } = readBody(11, `00 ${vectorHex(3, der + staple('aa') + der + staple('bb'))}`, tls13)
  assert.ok(value.name === 'certificate')
  assert.deepEqual(value.certificate.ocspResponse, new Uint8Array([0xaa]))
})

test('an empty list is how a client declines', () => {
  const read = readBody(11, '000000', tls12())
  assert.equal(shownOf(read.fields, 'certificate_list'), '0 certificates')
  assert.equal(read.malformed, undefined)
})

test('a certificate longer than the list is malformed', () => {
  assert.match(readBody(11, '000004 000009 30', tls12()).malformed!, /needs \d+ bytes/)
})

test('of a list longer than any chain the first hundred are taken, and all are counted', () => {
  for (const [body, context] of [
    [vectorHex(3, der.repeat(5000)), tls12()],
    [`00 ${vectorHex(3, `${der} 0000`.repeat(5000))}`, tls13],
  ] as const) {
    const read = readBody(11, body, context)
    assert.ok(read.value.name === 'certificate')
    assert.equal(read.value.certificate.certificates.length, 100)
    assert.equal(shownOf(read.fields, 'certificate_list'), '5000 certificates')
  }
})
