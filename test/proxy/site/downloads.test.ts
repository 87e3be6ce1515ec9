import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { downloadsOf } from '../../../src/proxy/site/downloads.ts'
import { root } from './make.ts'

const typeOf = new Map(downloadsOf(root).map(({ path, type }) => [path, type]))

test('every form has the type that its platform goes by', () => {
  assert.deepEqual(Object.fromEntries(typeOf), {
    '/parley-ca.pem': 'application/x-pem-file',
    '/parley-ca.crt': 'application/x-x509-ca-cert',
    '/parley-ca.cer': 'application/x-x509-ca-cert',
    '/parley-ca.mobileconfig': 'application/x-apple-aspen-config',
    '/6b014521.0': 'application/x-pem-file',
  })
})

test('every form holds the root, and nothing holds a private key', () => {
  for (const { path, body } of downloadsOf(root)) {
    const inside = path.endsWith('.mobileconfig')
      ? Buffer.from(/<data>(.*?)<\/data>/s.exec(String(body))![1]!, 'base64')
      : body
    assert.equal(new X509Certificate(inside).fingerprint256, root.fingerprint, path)
    assert.doesNotMatch(String(body), /PRIVATE/)
  }
})
