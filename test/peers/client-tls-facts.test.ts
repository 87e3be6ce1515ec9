import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { fetchThrough } from '../../src/peers/client.ts'
import { type OriginName, startOrigins } from '../../src/peers/origins.ts'

const origins = await startOrigins()
after(origins.close)
const fetch = (name: OriginName, tls = {}) =>
  fetchThrough({ url: new URL(origins.named(name).url), ca: origins.caPem, addresses: origins.addresses, tls })

test('the chain is told leaf first and ends at the root, once', async () => {
  const { tls } = await fetch('tls12-ecdhe')
  assert.deepEqual(
    tls?.certificates.map(({ subject, issuer }) => `${subject} < ${issuer}`),
    [
      'tls12-ecdhe.localhost < Parley demo intermediate',
      'Parley demo intermediate < Parley demo root',
      'Parley demo root < Parley demo root',
    ],
  )
  assert.equal(tls?.certificates[0]?.names, 'DNS:tls12-ecdhe.localhost')
})

test('RSA key exchange has no group, and an EC one has', async () => {
  assert.equal((await fetch('tls12-rsa')).tls?.group, undefined)
  assert.equal((await fetch('hrr')).tls?.group, 'secp384r1')
})

test('a certificate that is refused is told all the same', async () => {
  const { tls, error } = await fetch('expired')
  assert.equal(tls?.authorized, false)
  assert.equal(tls?.authorizationError, 'CERT_HAS_EXPIRED')
  assert.equal(tls?.certificates[0]?.subject, 'expired.localhost')
  assert.equal(error?.stage, 'tls')
})

test('a session makes the next handshake a resumption', async () => {
  for (const name of ['tls13', 'tls12-ecdhe'] as const) {
    const first = await fetch(name)
    assert.equal(first.tls?.resumed, false)
    const second = await fetch(name, { session: first.session })
    assert.equal(second.tls?.resumed, true)
    assert.equal(second.status, 200)
  }
})
