import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TLSSocket } from 'node:tls'
import { agreedOn } from '../../../src/proxy/leg/agreed.ts'

const socket = (agreed: object): TLSSocket =>
  ({
    ...{ getProtocol: () => 'TLSv1.3', getCipher: () => ({ standardName: 'TLS_AES_128_GCM_SHA256' }) },
    ...{ alpnProtocol: 'h2', isSessionReused: () => true },
    ...agreed,
  }) as never

test('what was agreed is told by the names of the registries', () => {
  const agreed = { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', alpn: 'h2', resumed: true }
  assert.deepEqual(agreedOn(socket({})), agreed)
})

test('what Node cannot say is none', () => {
  const gone = socket({ getProtocol: () => null, getCipher: () => undefined, alpnProtocol: false })
  assert.deepEqual(agreedOn(gone), { version: 'none', cipherSuite: 'none', resumed: true })
})
