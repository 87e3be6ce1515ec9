import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shownOf, vectorHex } from '../tls-fixtures.ts'
import { readBody, tls12 } from './read-body.ts'

const exchangeOf = (body: string, context: { version?: number; cipherSuite?: number }) => {
  const { value, malformed, fields } = readBody(16, body, context)
  assert.equal(malformed, undefined)
  assert.ok(value.name === 'client_key_exchange')
  return { ...value, fields }
}

test('RSA has two bytes of length, except in SSL 3.0', () => {
  assert.equal(exchangeOf(vectorHex(2, 'abab'), tls12(0x2f)).encryptedPreMaster?.length, 2)
  assert.equal(exchangeOf('abab', { version: 0x0300, cipherSuite: 0x2f }).encryptedPreMaster?.length, 2)
})

test('DHE has two bytes of length, ECDHE one', () => {
  assert.equal(exchangeOf(vectorHex(2, 'ab'.repeat(300)), tls12(0x9e)).publicKey?.length, 300)
  assert.equal(exchangeOf(vectorHex(1, 'ab'.repeat(32)), tls12(0xc02f)).publicKey?.length, 32)
})

test('static Diffie-Hellman may send nothing', () => assert.equal(exchangeOf('', tls12(0x3f)).publicKey, undefined))

test('PSK suites have an identity in front', () => {
  const read = exchangeOf(vectorHex(2, '6869') + vectorHex(1, 'ab'), tls12(0xc037))
  assert.deepEqual([shownOf(read.fields, 'psk_identity'), read.publicKey?.length], ['hi', 1])
  assert.equal(shownOf(exchangeOf(vectorHex(2, '6869'), tls12(0xa8)).fields, 'psk_identity'), 'hi')
  assert.equal(exchangeOf(vectorHex(2, '6869') + vectorHex(2, 'abab'), tls12(0xac)).encryptedPreMaster?.length, 2)
})

test('without a suite, or with one of another kind, the body is kept', () => {
  for (const context of [{}, tls12(0xc102), tls12(0x1e)])
    assert.equal(shownOf(exchangeOf('aabb', context).fields, 'data'), 'aabb')
})

test('leftovers are refused', () => assert.match(readBody(16, '01 ab cd', tls12()).malformed!, /1 bytes left over/))
