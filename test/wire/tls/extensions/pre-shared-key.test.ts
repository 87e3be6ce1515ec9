import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shownOf, vectorHex } from '../tls-fixtures.ts'
import { readOne } from './read-one.ts'

const identity = `${vectorHex(2, 'aabbcc')} 00000102`

test('a client has identities with ages, and binders', () => {
  const { facts, field } = readOne(41, 'client_hello', vectorHex(2, identity) + vectorHex(2, vectorHex(1, '0102')))
  assert.deepEqual(facts.psk, { identities: [new Uint8Array([0xaa, 0xbb, 0xcc])], binders: [new Uint8Array([1, 2])] })
  assert.equal(shownOf([field], 'obfuscated_ticket_age'), '258')
})

test('a server names the identity that it took', () => {
  assert.deepEqual(readOne(41, 'server_hello', '0001').facts, { selectedPsk: 1 })
})

test('early data is a mark, and in a ticket a number', () => {
  assert.deepEqual(readOne(42, 'client_hello', '').facts, { earlyData: true })
  assert.deepEqual(readOne(42, 'new_session_ticket', '00004000').facts, { maxEarlyData: 16_384 })
})

test('a session ticket is all of its data', () => {
  assert.deepEqual(readOne(35, 'client_hello', 'aabb').facts, { sessionTicket: new Uint8Array([0xaa, 0xbb]) })
  assert.deepEqual(
    [readOne(35, 'client_hello', '').shown, readOne(35, 'server_hello', '').shown],
    ['wanted', 'promised'],
  )
})

test('a ticket request has two numbers, its answer one', () => {
  assert.equal(readOne(58, 'client_hello', '0201').shown, '2 new, 1 on resumption')
  assert.equal(readOne(58, 'encrypted_extensions', '02').shown, '2 to come')
})
