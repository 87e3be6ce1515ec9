import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readLikeness } from '../../ca/likeness.ts'
import { day, now, realCertificate } from './make.ts'

test('names, addresses, validity and key type are read', async () => {
  const notBefore = Math.floor(now / 1000) * 1000 - day
  const how = { commonName: 'a.test', dnsNames: ['a.test', '*.b.test'], addresses: [Buffer.alloc(16, 1)] }
  const like = readLikeness(await realCertificate({ key: 'rsa', ...how, notBefore, notAfter: notBefore + 9 * day }))
  const { fingerprint, ...copied } = like!
  assert.deepEqual(copied, { ...how, keyType: 'rsa', validity: { notBefore, notAfter: notBefore + 9 * day } })
  assert.match(fingerprint, /^[\da-f]{64}$/)
})

test('every key type but RSA counts as EC', async () => {
  assert.equal(readLikeness(await realCertificate({ key: 'ec' }))?.keyType, 'ec')
  assert.equal(readLikeness(await realCertificate({ key: 'ed25519' }))?.keyType, 'ec')
})

test('certificates that differ in serial number and key alone share a fingerprint; others do not', async () => {
  const of = async (how: Parameters<typeof realCertificate>[0]) => readLikeness(await realCertificate(how))?.fingerprint
  const plain = await of({ dnsNames: ['a.test'] })
  assert.equal(await of({ dnsNames: ['a.test'], key: 'ed25519' }), plain)
  const others = [
    { dnsNames: ['b.test'] },
    { dnsNames: ['a.test'], key: 'rsa' as const },
    { dnsNames: ['a.test'], notAfter: now + day },
    { dnsNames: ['a.test'], commonName: 'c' },
  ]
  const fingerprints = new Set([plain, ...(await Promise.all(others.map(of)))])
  assert.equal(fingerprints.size, 5)
})

test('bytes that are no certificate have no likeness, and never throw', async () => {
  const real = await realCertificate({ commonName: 'a', dnsNames: ['a.test'] })
  assert.equal(readLikeness(Buffer.alloc(0)), undefined)
  assert.equal(readLikeness(Buffer.from('nonsense')), undefined)
  for (let length = 1; length < real.length; length += 7)
    assert.equal(readLikeness(real.subarray(0, length)), undefined)
  for (let at = 0; at < real.length; at += 3) {
    const broken = Buffer.from(real)
    broken.writeUInt8(broken.readUInt8(at) ^ 0xff, at)
    assert.doesNotThrow(() => readLikeness(broken))
  }
})
