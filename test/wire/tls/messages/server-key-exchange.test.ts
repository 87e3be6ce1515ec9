import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shownOf, vectorHex } from '../tls-fixtures.ts'
import { readBody, tls12 } from './read-body.ts'

const point = vectorHex(1, '04aabb')
const signature = `0804 ${vectorHex(2, 'cdcd')}`
const exchangeOf = (body: string, context: { version: number; cipherSuite?: number }) => {
  const { value, malformed, fields } = readBody(12, body, context)
  assert.equal(malformed, undefined)
  assert.ok(value.name === 'server_key_exchange')
  return { ...value.exchange, fields }
}

test('ECDHE on a named curve, with what is signed', () => {
  const read = exchangeOf(`03 001d ${point} ${signature}`, tls12(0xc02f))
  assert.deepEqual([read.kind, read.group, read.algorithm], ['ecdhe', 29, 0x0804])
  assert.deepEqual(read.publicKey, new Uint8Array([4, 0xaa, 0xbb]))
  assert.equal(Buffer.from(read.signedParameters!).toString('hex'), '03001d0304aabb')
})

test('before TLS 1.2 the signature names no algorithm', () => {
  const read = exchangeOf(`03 0017 ${point} ${vectorHex(2, 'cdcd')}`, { version: 0x0302, cipherSuite: 0xc013 })
  assert.deepEqual([read.algorithm, read.signature?.length], [undefined, 2])
})

test('anonymous exchanges have no signature', () => {
  const read = exchangeOf(`03 0017 ${point}`, tls12(0xc018))
  assert.deepEqual([read.kind, read.signature, read.signedParameters], ['ecdhe', undefined, undefined])
})

test('explicit curves are recognised', () => {
  const numbers = ['prime_p', 'a', 'b', 'base', 'order', 'cofactor'].map(() => vectorHex(1, 'ab')).join('')
  const read = exchangeOf(`01 ${numbers} ${point} ${signature}`, tls12(0xc02f))
  assert.deepEqual([read.kind, read.group, read.publicKey?.length], ['ecdhe', undefined, 3])
  const char2 = `02 00a3 01 ${vectorHex(1, '06')} ${vectorHex(1, 'ab').repeat(5)} ${point} ${signature}`
  assert.equal(exchangeOf(char2, tls12(0xc02f)).publicKey?.length, 3)
})

test('DHE has prime, generator and public key', () => {
  const read = exchangeOf(
    `${vectorHex(2, 'ff'.repeat(128))} ${vectorHex(2, '02')} ${vectorHex(2, 'ab')} ${signature}`,
    tls12(0x9e),
  )
  assert.deepEqual([read.kind, read.prime?.length, read.generator?.length, read.publicKey?.length], ['dhe', 128, 1, 1])
  assert.match(shownOf(read.fields, 'dh_p')!, /^1024 bits/)
})

test('PSK suites have a hint, and ECDHE_PSK a point behind it', () => {
  assert.equal(shownOf(exchangeOf(vectorHex(2, '6869'), tls12(0xa8)).fields, 'psk_identity_hint'), 'hi')
  const read = exchangeOf(`${vectorHex(2, '6869')} 03 001d ${point}`, tls12(0xc037))
  assert.deepEqual([read.kind, read.group, read.signature], ['ecdhe', 29, undefined])
})

test('export RSA and SRP are told by their fields', () => {
  const rsa = exchangeOf(`${vectorHex(2, 'abab')} ${vectorHex(2, '010001')} ${vectorHex(2, 'cdcd')}`, {
    version: 0x0301,
    cipherSuite: 3,
  })
  assert.equal(shownOf(rsa.fields, 'rsa_exponent'), '010001')
  assert.equal(rsa.signedParameters?.length, 9)
  const srp = exchangeOf(
    `${vectorHex(2, 'ab')} ${vectorHex(2, '02')} ${vectorHex(1, 'cd')} ${vectorHex(2, 'ef')}`,
    tls12(0xc01d),
  )
  assert.equal(shownOf(srp.fields, 'srp_B'), 'ef')
})

test('without a suite the body is kept', () => {
  const read = exchangeOf('aabb', { version: 0x0303 })
  assert.deepEqual([read.kind, shownOf(read.fields, 'data')], ['other', 'aabb'])
})

test('an ECDHE body that is cut is malformed', () => {
  assert.match(readBody(12, '03 001d 20 aa', tls12(0xc02f)).malformed!, /public needs 32 bytes, 1 are left/)
})
