import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agreedRows } from '../../src/compare/rows/agreed-rows.ts'
import { withoutGroup, withoutSignature } from '../../src/compare/unsigned.ts'
import type { Handshake, Negotiated } from '../../src/wire/tls/handshake.ts'
import type { ServerHello } from '../../src/wire/tls/values.ts'
import { helloOf, makeConnection, makeHandshake, makeHello, modern } from './make.ts'

const serverHello: ServerHello = {
  legacyVersion: 0x0303,
  random: new Uint8Array(32),
  sessionId: new Uint8Array(),
  cipherSuite: 0x009c,
  compressionMethod: 0,
  extensions: [],
  retry: false,
}
const leg = (agreed: Partial<Negotiated>): Handshake => makeHandshake([helloOf(makeHello())], { serverHello }, agreed)

const rsa = leg({ version: 0x0303, cipherSuite: 0x009c })
const dhe = leg({ version: 0x0302, cipherSuite: 0x0033 })
const resumed = leg({ version: 0x0303, cipherSuite: 0xc02f, resumption: 'ticket' })

test('a handshake says why it has no group', () => {
  assert.equal(withoutGroup(rsa)?.shown, 'none (RSA key exchange)')
  assert.equal(withoutGroup(dhe)?.shown, 'none (DHE)')
  assert.equal(withoutGroup(resumed)?.shown, 'none (resumed)')
})

test('a handshake says why nothing names a signature algorithm', () => {
  assert.equal(withoutSignature(rsa)?.shown, 'none (RSA key exchange)')
  assert.equal(withoutSignature(dhe)?.shown, 'not negotiated')
  assert.equal(withoutSignature(resumed)?.shown, 'none (resumed)')
})

test('one that has them, or did not get so far, says nothing', () => {
  assert.equal(withoutGroup(leg(modern)), undefined)
  assert.equal(withoutSignature(leg(modern)), undefined)
  assert.equal(withoutGroup(makeHandshake([helloOf(makeHello())])), undefined)
})

test('RSA key exchange on one leg alone is not a leg that did not get so far', () => {
  const rows = agreedRows({ connection: makeConnection(), client: leg(modern), upstream: rsa })
  for (const aspect of ['group', 'signature-algorithm']) {
    const row = rows.find(each => each.aspect === aspect)
    assert.equal(row?.upstream, 'none (RSA key exchange)')
    assert.match(row?.why ?? '', /the client encrypts the secret/)
  }
})

test('where both legs resume, neither row is there', () => {
  const rows = agreedRows({ connection: makeConnection(), client: resumed, upstream: resumed })
  assert.ok(rows.every(({ aspect }) => aspect !== 'group' && aspect !== 'signature-algorithm'))
})
