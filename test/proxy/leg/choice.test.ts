import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readChoice } from '../../../src/proxy/leg/choice.ts'

// TLS 1.2 with ECDHE_ECDSA, renegotiation_info and extended_master_secret
const serverHello = Buffer.from(`1603030035${`02000031${'0303'.padEnd(68, '7')}00c02b000009ff0100010000170000`}`, 'hex')
const keyExchange = (cut = 0): Buffer => {
  const body = Buffer.concat([Buffer.from('03001d02aaaa05030002bbbb', 'hex')])
  const message = Buffer.concat([Buffer.from([12, 0, 0, body.length]), body])
  return Buffer.concat([Buffer.from([22, 3, 3, 0, message.length]), message]).subarray(0, 5 + message.length - cut)
}

test('version, suite, group and signature algorithm of TLS 1.2 are read in clear', () => {
  const flight = Buffer.concat([serverHello, keyExchange()])
  const all = { version: 0x0303, cipherSuite: 0xc02b, group: 29, signatureAlgorithm: 0x0503 }
  assert.deepEqual(readChoice(flight, undefined), all)
})

test('what has not come whole says nothing', () => {
  assert.equal(readChoice(Buffer.alloc(0), undefined), undefined)
  assert.equal(readChoice(Buffer.from('HTTP/1.1 400 Bad Request'), undefined), undefined)
  const some = { version: 0x0303, cipherSuite: 0xc02b }
  assert.deepEqual(readChoice(Buffer.concat([serverHello, keyExchange(1)]), undefined), some)
})
