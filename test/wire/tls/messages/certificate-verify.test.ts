import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBody, tls12, tls13 } from './read-body.ts'

test('an algorithm is named since TLS 1.2', () => {
  for (const context of [tls12(), tls13]) {
    const { value } = readBody(15, '0403 0002 abcd', context)
    assert.ok(value.name === 'certificate_verify')
    assert.deepEqual(value.verify, { algorithm: 0x0403, signature: new Uint8Array([0xab, 0xcd]) })
  }
})

test('before, there is a signature alone', () => {
  const { value } = readBody(15, '0002 abcd', { version: 0x0302 })
  assert.ok(value.name === 'certificate_verify')
  assert.deepEqual(value.verify, { algorithm: 0, signature: new Uint8Array([0xab, 0xcd]) })
})

test('leftovers are refused', () => assert.match(readBody(15, '0403 0000 00', tls13).malformed!, /1 bytes left over/))
