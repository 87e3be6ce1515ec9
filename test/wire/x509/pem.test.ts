import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MalformedError } from '../../../src/wire/reader.ts'
import { readPem, writePem } from '../../../src/wire/x509/pem.ts'

test('what is written is read back, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { maxLength: 4 }), ders => {
      assert.deepEqual(readPem(writePem(ders, (_, index) => `number ${index}`)), ders)
    }),
  )
})

test('lines are 64 characters long, and a comment stays one line', () => {
  const lines = writePem([new Uint8Array(100)], () => 'a\nb').split('\n')
  assert.deepEqual(
    lines.map(line => line.length),
    [3, 27, 64, 64, 8, 25, 0],
  )
})

test('keys and text around certificates are skipped, line ends may be CRLF', () => {
  const key = '-----BEGIN PRIVATE KEY-----\r\nnot read\r\n-----END PRIVATE KEY-----\r\n'
  const pem = writePem([Uint8Array.of(1, 2, 3)]).replace(/\n/g, '\r\n')
  assert.deepEqual(readPem(`hello${key}${pem}bye`), [Uint8Array.of(1, 2, 3)])
  assert.deepEqual(readPem('nothing'), [])
})

test('a block that is cut off or no base64 is refused with its place', () => {
  const pem = writePem([new Uint8Array(60)])
  assert.throws(() => readPem(pem.slice(0, 60)), new MalformedError(0, 'PEM: no end of CERTIFICATE'))
  assert.throws(() => readPem('-----BEGIN CERT'), MalformedError)
  assert.throws(() => readPem(pem.replace('\nAAAA', '\n!AAA')), new MalformedError(28, 'PEM: no base64 character'))
  assert.throws(() => readPem(pem.replace('\nAAAA', '\nAAA')), MalformedError)
  assert.throws(() => readPem(pem.replace('\nAAAA', '\nA=AA')), MalformedError)
})
