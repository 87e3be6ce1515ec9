import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupList, hasSuite, suiteList } from '../../../src/proxy/hello/openssl-lists.ts'
import type { ClientHello } from '../../../src/wire/tls/values.ts'

const share = (group: number) => ({ group, keyExchange: new Uint8Array(1) })
const list = (supportedGroups: number[], shares: number[]): string =>
  groupList({ supportedGroups, keyShares: shares.map(share) } as unknown as ClientHello)

test('groups of which there is a key share are marked, four at most', () => {
  assert.equal(list([29, 23], [23]), '?x25519:?*secp256r1')
  assert.equal(list([29, 23, 24, 25, 30], [29, 23, 24, 25, 30]).split('*').length, 5)
  assert.equal(list([0x0a0a, 29, 29], [0x0a0a]), '?x25519')
})

test('no suite without a certificate is asked for, nor one that OpenSSL has not', () => {
  assert.equal(hasSuite(0xc02f), true)
  assert.equal(hasSuite(0xc0a0), true)
  for (const suite of [0x0034, 0x0001, 0x0005, 0x008c, 0xffff]) assert.equal(hasSuite(suite), false, String(suite))
  assert.equal(suiteList([0x2f, 0x35]), 'TLS_RSA_WITH_AES_128_CBC_SHA:TLS_RSA_WITH_AES_256_CBC_SHA')
})
