import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shownOf, vectorHex } from '../tls-fixtures.ts'
import { readOne } from './read-one.ts'

test('renegotiation info tells a first handshake from a later one', () => {
  assert.equal(readOne(65281, 'client_hello', '00').shown, 'first handshake')
  assert.equal(readOne(65281, 'client_hello', vectorHex(1, 'ab'.repeat(12))).shown, 'renegotiation, 12 bytes')
})

test('a cookie, a connection id and the like are their bytes', () => {
  assert.equal(readOne(44, 'hello_retry_request', vectorHex(2, 'abcd')).shown, '2 bytes')
  for (const type of [54, 55, 56, 62]) assert.equal(readOne(type, 'client_hello', vectorHex(1, 'ab')).shown, '1 byte')
  assert.equal(readOne(40, 'client_hello', vectorHex(2, 'abcd')).shown, '2 bytes')
})

test('the rest of the old ones are named', () => {
  assert.equal(readOne(15, 'client_hello', '01').shown, 'peer_allowed_to_send (0x01)')
  assert.equal(readOne(12, 'client_hello', vectorHex(1, '616c696365')).shown, 'alice')
  assert.equal(readOne(24, 'client_hello', '01 00 01 02').shown, '1.0: ecdsap256')
  assert.equal(readOne(14, 'client_hello', '0002 0007 00').shown, 'SRTP_AEAD_AES_128_GCM')
})

test('a DNSSEC chain is asked for by port', () => {
  assert.equal(readOne(59, 'client_hello', '01bb').shown, 'port 443')
  assert.equal(readOne(59, 'certificate', '0018 aabb').shown, '2 bytes of DNSSEC records, for 24 h')
})

test('a type without a decoder is its bytes', () => {
  const read = readOne(0x1234, 'client_hello', 'abcd')
  assert.deepEqual([read.shown, shownOf([read.field], 'data')], ['2 bytes', 'abcd'])
  assert.equal(readOne(0x1234, 'client_hello', '').shown, 'empty')
})
