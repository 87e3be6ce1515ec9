import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readOne } from './read-one.ts'

test('a hello asks for OCSP', () => {
  const read = readOne(5, 'client_hello', '01 0000 0000')
  assert.deepEqual([read.shown, read.facts], ['ocsp (0x01)', { statusRequest: true }])
})

test('a hello may name responders', () => {
  assert.deepEqual(readOne(5, 'client_hello', '01 0004 0002 abcd 0000').problems, [])
})

test('a status type that is not known keeps its bytes', () => {
  assert.deepEqual(readOne(5, 'client_hello', '07 abcd').problems, [])
})

test('in a certificate it is the response', () => {
  const read = readOne(5, 'certificate', '01 000003 aabbcc')
  assert.deepEqual(read.facts, { ocspResponse: new Uint8Array([0xaa, 0xbb, 0xcc]) })
  assert.deepEqual(readOne(5, 'certificate', '09 aa').facts, {})
})

test('a TLS 1.2 server promises it, a certificate request wants it', () => {
  assert.equal(readOne(5, 'server_hello', '').shown, 'promised')
  assert.equal(readOne(5, 'certificate_request', '').shown, 'wanted')
})

test('version 2 is a list of requests', () => {
  assert.equal(readOne(17, 'client_hello', '0007 02 0004 0000 0000').shown, 'ocsp_multi (0x02)')
  assert.equal(readOne(17, 'server_hello', '').shown, 'promised')
  assert.match(readOne(17, 'client_hello', '0007 02 0004 0000 0001').problems[0]!, /request_extensions needs 1 bytes/)
})
