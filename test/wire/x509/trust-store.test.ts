import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCertificate } from '../../../src/wire/x509/certificate.ts'
import { nameKey } from '../../../src/wire/x509/name-comparison.ts'
import { trustStore } from '../../../src/wire/x509/trust-store.ts'
import { leaf, noOpenssl, root } from './openssl.ts'

test('a root is found by name and by itself; what cannot be read is left out', { skip: noOpenssl }, () => {
  const store = trustStore([Uint8Array.of(1), root().der, root().der])
  const key = nameKey(readCertificate(root().der).subject)
  assert.equal(store.bySubject.get(key)?.length, 2)
  assert.deepEqual([store.has(root().der.slice()), store.has(leaf().der)], [true, false])
})

test('the same array is indexed once', () => {
  const roots: Uint8Array[] = []
  assert.equal(trustStore(roots), trustStore(roots))
  assert.notEqual(trustStore(roots), trustStore([]))
})
