import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shownOf, vectorHex } from '../tls-fixtures.ts'
import { readOne } from './read-one.ts'

test('authorities are DER names', () => {
  const { facts, shown } = readOne(47, 'certificate_request', vectorHex(2, vectorHex(2, '3000') + vectorHex(2, '3001')))
  assert.deepEqual(facts.authorities, [new Uint8Array([0x30, 0]), new Uint8Array([0x30, 1])])
  assert.equal(shown, '2 authorities')
})

test('OID filters are pairs', () => {
  assert.equal(
    readOne(48, 'certificate_request', vectorHex(2, vectorHex(1, '551d25') + vectorHex(2, '3000'))).shown,
    '1 filter',
  )
})

test('a delegated credential is asked for with schemes and shown in a certificate', () => {
  assert.equal(readOne(34, 'client_hello', '0002 0403').shown, 'ecdsa_secp256r1_sha256')
  const credential = `00015180 0403 ${vectorHex(3, '3000')} 0804 ${vectorHex(2, 'abcd')}`
  const { shown, field } = readOne(34, 'certificate', credential)
  assert.match(shown, /86400 s/)
  assert.equal(shownOf([field], 'dc_cert_verify_algorithm'), 'ecdsa_secp256r1_sha256 (0x0403)')
})

test('trusted CA keys are hashes or names', () => {
  const list = vectorHex(2, `00 01${'ab'.repeat(20)} 02${vectorHex(2, '3000')} 03${'cd'.repeat(20)}`)
  assert.equal(readOne(3, 'client_hello', list).shown, '4 authorities')
  assert.equal(readOne(3, 'server_hello', '').shown, 'used')
})

test('cached information has hashes from the client only', () => {
  assert.equal(readOne(25, 'client_hello', vectorHex(2, `01${vectorHex(1, 'abcd')}`)).shown, 'cert (0x01)')
  assert.equal(readOne(25, 'server_hello', '0001 01').shown, 'cert (0x01)')
})

test('trust anchors are relative OIDs', () => {
  const { shown, field } = readOne(51764, 'client_hello', vectorHex(2, vectorHex(1, '82df130201')))
  assert.equal(shown, '1 trust anchor')
  assert.equal(shownOf([field], 'trust_anchor_id'), '44947.2.1')
  assert.equal(readOne(51764, 'certificate', '').shown, 'matched')
})

test('an id that does not end, or is larger than a number, is hex', () => {
  const of = (id: string) =>
    shownOf([readOne(51764, 'client_hello', vectorHex(2, vectorHex(1, id))).field], 'trust_anchor_id')
  assert.equal(of('82df'), '82df')
  assert.equal(of(`${'ff'.repeat(20)}01`), `${'ff'.repeat(20)}01`)
})
