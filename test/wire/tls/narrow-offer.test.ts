import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lackOf, type Offer } from '../../../src/wire/tls/narrow-offer.ts'

const broad: Offer = {
  cipherSuites: [0x1301, 0xc02b],
  supportedVersions: [0x0304, 0x0303],
  supportedGroups: [29, 23],
  signatureAlgorithms: [0x0403, 0x0804],
}
const { supportedVersions: _, ...broad12 } = broad

test('a list without what all servers have is where to look', () => {
  const narrow: readonly [Partial<Offer>, string, string[]][] = [
    [{ cipherSuites: [0x1302] }, 'cipher-suite', ['TLS_AES_128_GCM_SHA256']],
    [{ supportedGroups: [29] }, 'group', ['secp256r1']],
    [{ signatureAlgorithms: [0x0804] }, 'signature-algorithm', ['ecdsa_secp256r1_sha256']],
    [{ signatureAlgorithms: [0x0403] }, 'signature-algorithm', ['rsa_pss_rsae_sha256']],
  ]
  for (const [over, list, missing] of narrow) assert.deepEqual(lackOf({ ...broad, ...over }), { list, missing })
})

test('of TLS 1.2 one of the recommended suites is enough, and RSA may be PKCS #1', () => {
  assert.equal(lackOf({ ...broad12, cipherSuites: [0xc02f] }), undefined)
  assert.equal(lackOf({ ...broad12, cipherSuites: [0x009c] })?.list, 'cipher-suite')
  assert.equal(lackOf({ ...broad12, signatureAlgorithms: [0x0403, 0x0401] }), undefined)
})

test('a broad offer, or one that is narrow in several ways, points nowhere', () => {
  assert.equal(lackOf(broad), undefined)
  assert.equal(lackOf({ ...broad, supportedGroups: [29], signatureAlgorithms: [0x0804] }), undefined)
})

test('a list that was not sent lacks nothing', () => {
  assert.equal(lackOf({ cipherSuites: [0xc02b] }), undefined)
})
