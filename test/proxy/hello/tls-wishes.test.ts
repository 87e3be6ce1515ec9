import assert from 'node:assert/strict'
import { test } from 'node:test'
import tls from 'node:tls'
import type { NativeContext } from '../../../src/proxy/hello/openssl-lists.ts'
import { applyWishes, oldestOf, tlsWishes, wishOptions } from '../../../src/proxy/hello/tls-wishes.ts'

const minTls = [
  { host: 'old.example', version: 'TLSv1' },
  { host: '*.example', version: 'TLSv1.1' },
] as const

test('a rule goes before an option, and the first option that fits before others', () => {
  assert.deepEqual(tlsWishes('old.example', undefined, minTls), { minVersion: 'TLSv1' })
  assert.deepEqual(tlsWishes('a.example', undefined, minTls), { minVersion: 'TLSv1.1' })
  assert.deepEqual(tlsWishes('a.example', { minTls: 'TLSv1.3', by: [] }, minTls), { minVersion: 'TLSv1.3' })
  assert.deepEqual(tlsWishes('a.test', { maxTls: 'SSLv2', mirror: false, by: [] }, minTls), { mirror: false })
})

test('the oldest version gives way to the newest', () => {
  assert.equal(oldestOf({}, 'TLSv1.2'), 'TLSv1.2')
  assert.equal(oldestOf({ minVersion: 'TLSv1.3' }, 'TLSv1.2'), 'TLSv1.3')
  assert.equal(oldestOf({ maxVersion: 'TLSv1.1' }, 'TLSv1.2'), 'TLSv1.1')
})

test('a context takes what is wanted, and refuses names that nobody knows', () => {
  const context = tls.createSecureContext()
  applyWishes(context, {
    maxVersion: 'TLSv1.2',
    cipherSuites: 'TLS_AES_128_GCM_SHA256:ECDHE-RSA-AES128-GCM-SHA256',
    groups: 'X25519',
  })
  assert.equal((context.context as NativeContext).getMaxProto?.(), 0x0303)
  applyWishes(context, { maxVersion: 'TLSv1.3' }) // no newer than it was
  assert.equal((context.context as NativeContext).getMaxProto?.(), 0x0303)
  for (const wishes of [{ cipherSuites: 'NOPE' }, { cipherSuites: 'TLS_AES_NOPE' }, { groups: 'NOPE' }]) {
    assert.throws(() => applyWishes(tls.createSecureContext(), wishes))
    assert.throws(() => tls.createSecureContext(wishOptions(wishes)))
  }
})
