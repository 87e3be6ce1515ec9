import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cipherSuiteStrength, groupStrength, keyStrength, versionStrength } from '../../src/compare/strength.ts'

const ranks = (values: readonly number[], rankOf: (value: number) => { rank: number }) =>
  values.map(value => rankOf(value).rank)
const rising = (list: readonly number[]) => list.every((value, i) => i === 0 || value > list[i - 1]!)

test('suites rise from broken over 3DES, RSA key exchange and CBC to AEAD', () => {
  // RC4, 3DES, RSA with AES-GCM, ECDHE with CBC, ECDHE with GCM
  assert.ok(rising(ranks([0x0005, 0x000a, 0x009c, 0xc013, 0xc02f], cipherSuiteStrength)))
  assert.equal(cipherSuiteStrength(0x1301).rank, cipherSuiteStrength(0xc02f).rank)
})

test('an anonymous suite and one without encryption are broken', () => {
  assert.deepEqual(ranks([0x0034, 0x0002, 0x0003], cipherSuiteStrength), [0, 0, 0])
})

test('an unknown suite is not called broken', () => {
  assert.ok(cipherSuiteStrength(0xeeee).rank > 0)
})

test('groups rise from small curves over common ones to post-quantum ones', () => {
  assert.ok(rising(ranks([21, 29, 4588], groupStrength)))
  assert.equal(groupStrength(23).rank, groupStrength(29).rank)
})

test('versions rise', () => {
  assert.ok(rising(ranks([0x0300, 0x0301, 0x0303, 0x0304], versionStrength)))
})

test('keys are measured in bits of symmetric strength', () => {
  assert.equal(keyStrength({ type: 'RSA', bits: 1024 }), 80)
  assert.equal(keyStrength({ type: 'RSA', bits: 2048 }), 112)
  assert.equal(keyStrength({ type: 'EC', bits: 256 }), 128)
  assert.equal(keyStrength({ type: 'Ed25519' }), 128)
})
