import assert from 'node:assert/strict'
import { test } from 'node:test'
import { opensslLists } from '../../../src/proxy/hello/openssl-lists.ts'
import type { ClientHello } from '../../../src/wire/tls/values.ts'

const listsOf = (hello: Partial<ClientHello>) =>
  opensslLists({ cipherSuites: [], extensions: [], ...hello } as unknown as ClientHello)
const share = (group: number) => ({ group, keyExchange: new Uint8Array(1) })
const groupsOf = (supportedGroups: number[], shares: number[]): string =>
  listsOf({ supportedGroups, keyShares: shares.map(share) }).groups

test('groups of which there is a key share are marked, four at most', () => {
  assert.equal(groupsOf([29, 23], [23]), 'x25519:*secp256r1')
  assert.equal(groupsOf([29, 23, 24, 25, 30], [29, 23, 24, 25, 30]).split('*').length, 5)
  assert.equal(groupsOf([0x0a0a, 29, 29], [0x0a0a]), 'x25519')
})

test('no suite without a certificate is asked for, nor one that OpenSSL has not', () => {
  const none = listsOf({ cipherSuites: [0x0034, 0x0001, 0x0005, 0x008c, 0xffff, 0x1a1a] })
  assert.deepEqual([none.of13, none.older], ['', ''])
  const some = listsOf({ cipherSuites: [0x2f, 0x1302, 0xc0a0, 0x1301, 0x1309] })
  assert.equal(some.of13, 'TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256')
  assert.equal(some.older, 'TLS_RSA_WITH_AES_128_CBC_SHA:TLS_RSA_WITH_AES_128_CCM_8')
})

test('signature schemes stay in their order', () => {
  const { schemes } = listsOf({ signatureAlgorithms: [0x0804, 0x1a1a, 0x0403, 0x0101] })
  assert.equal(schemes, 'rsa_pss_rsae_sha256:ecdsa_secp256r1_sha256')
})

test('what OpenSSL has not is a gap, and so is a signal (RFC 7507); GREASE is not reported', () => {
  const { gaps } = listsOf({
    cipherSuites: [0x1a1a, 0x5600, 0x1301, 0x0005],
    supportedGroups: [0x2a2a, 29, 0x6399],
    signatureAlgorithms: [0x3a3a, 0x0403, 0x0708],
    extensions: [0x4a4a, 0, 34].map(type => ({ type, data: new Uint8Array(0), start: 0 })),
  })
  assert.deepEqual(
    gaps.map(({ kind, id }) => [kind, id]),
    [
      ['cipherSuite', 0x5600],
      ['cipherSuite', 0x0005],
      ['supportedGroup', 0x6399],
      ['signatureAlgorithm', 0x0708],
      ['extension', 34],
    ],
  )
})
