import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageFacts } from '../../../src/view/handshake/message-facts.ts'
import type { MessageValue, ServerHello } from '../../../src/wire/tls/values.ts'
import { makeHello } from '../../compare/make.ts'

const serverHello: ServerHello = {
  legacyVersion: 0x0303,
  random: new Uint8Array(32),
  sessionId: new Uint8Array(),
  cipherSuite: 0x1301,
  compressionMethod: 0,
  extensions: [],
  retry: false,
  selectedVersion: 0x0304,
  keyShare: { group: 29, keyExchange: new Uint8Array(32) },
}
const bytes = new Uint8Array(8)

const cases: readonly (readonly [MessageValue, readonly string[]])[] = [
  [{ name: 'server_hello', hello: serverHello }, ['TLS 1.3  TLS_AES_128_GCM_SHA256  x25519']],
  [
    { name: 'encrypted_extensions', extensions: { extensions: [], alpn: 'h2', earlyData: true } },
    ['alpn h2  early data accepted'],
  ],
  [{ name: 'encrypted_extensions', extensions: { extensions: [], earlyData: false } }, []],
  [{ name: 'certificate', certificate: { certificates: [] } }, ['no certificate']],
  [{ name: 'compressed_certificate', algorithm: 2 }, ['could not be decompressed']],
  [{ name: 'certificate_verify', verify: { algorithm: 0x0804, signature: bytes } }, ['rsa_pss_rsae_sha256']],
  [{ name: 'certificate_verify', verify: { algorithm: 0, signature: bytes } }, []],
  [{ name: 'server_key_exchange', exchange: { kind: 'dhe', publicKey: bytes } }, ['dhe  key 8 B']],
  [{ name: 'client_key_exchange', encryptedPreMaster: bytes }, ['encrypted pre-master secret 8 B']],
  [
    { name: 'new_session_ticket', ticket: { lifetime: 60, ticket: bytes, maxEarlyData: 9 } },
    ['lifetime 60 s  ticket 8 B  early data up to 9 B'],
  ],
  [{ name: 'alert', alert: { level: 2, description: 40 } }, ['fatal handshake_failure']],
  [{ name: 'certificate_status', responses: [bytes] }, ['OCSP 8 B, unreadable']],
  [{ name: 'certificate_status', responses: [Uint8Array.of(0x30, 3, 10, 1, 3)] }, ['OCSP 5 B, tryLater']],
  [{ name: 'key_update', requested: true }, ['asks the peer for new keys too']],
  [{ name: 'unknown', type: 99 }, ['handshake type 99']],
  [{ name: 'server_hello_done' }, []],
]

for (const [value, facts] of cases)
  test(`${value.name}: ${facts.join(' | ') || 'nothing to add'}`, () => {
    assert.deepEqual(messageFacts(value), facts)
  })

test('a ClientHello tells versions, groups, name, protocols and counts, without GREASE', () => {
  const hello = makeHello({ supportedVersions: [0x0a0a, 0x0304], supportedGroups: [0x1a1a, 29, 23, 24, 25, 30] })
  assert.deepEqual(messageFacts({ name: 'client_hello', hello }), [
    'versions 1.3  groups x25519 secp256r1 secp384r1 secp521r1 +1',
    'sni api.example.com  alpn h2 http/1.1',
    '3 suites  6 extensions',
  ])
})
