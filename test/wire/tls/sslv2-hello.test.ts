import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hex } from '../../../src/wire/reader.ts'
import { isSslv2Hello, readSslv2Hello, sslv2HelloLength } from '../../../src/wire/tls/sslv2-hello.ts'
import { fromHex, leaves, shownOf } from './tls-fixtures.ts'

// Made by hand after RFC 5246 E.2: TLS 1.0, two TLS suites and one of SSL 2.0, a challenge of 16 bytes.
const challenge = '000102030405060708090a0b0c0d0e0f'
const hello = fromHex(`8022 01 0301 0009 0000 0010 000035 00000a 010080 ${challenge}`)

test('a hello in SSL 2.0 form is recognised and measured', () => {
  assert.equal(isSslv2Hello(hello), true)
  assert.equal(sslv2HelloLength(hello), hello.length)
})

test('a TLS record, HTTP and four bytes are no SSL 2.0 hello', () => {
  for (const bytes of [fromHex('1603010200'), new TextEncoder().encode('GET / HTTP/1.1'), hello.subarray(0, 4)])
    assert.equal(isSslv2Hello(bytes), false)
})

test('its suites and its challenge become those of a TLS hello', () => {
  const read = readSslv2Hello(hello)
  assert.equal(read.malformed, undefined)
  assert.ok(read.value.name === 'client_hello')
  assert.equal(read.value.hello.legacyVersion, 0x0301)
  assert.deepEqual(read.value.hello.cipherSuites, [0x35, 0x0a])
  assert.equal(hex(read.value.hello.random), `${'00'.repeat(16)}${challenge}`)
  assert.equal(shownOf(read.fields, 'cipher_spec'), 'TLS_RSA_WITH_AES_256_CBC_SHA (0x0035)')
})

test('its leaves cover it', () => {
  let at = 0
  for (const leaf of leaves(readSslv2Hello(hello).fields)) {
    assert.equal(leaf.start, at)
    at = leaf.end
  }
  assert.equal(at, hello.length)
})

test('cut or changed anywhere it is no exception', () => {
  for (let end = 0; end < hello.length; end++)
    assert.match(readSslv2Hello(hello.subarray(0, end)).malformed ?? '', / at byte \d+$/)
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), bytes => assert.equal(readSslv2Hello(bytes).type, 1)))
})
