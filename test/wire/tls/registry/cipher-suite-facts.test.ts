import assert from 'node:assert/strict'
import { getCipherInfo } from 'node:crypto'
import { test } from 'node:test'
import { cipherSuiteFacts } from '../../../../src/wire/tls/registry/cipher-suite-facts.ts'
import { cipherSuites } from '../../../../src/wire/tls/registry/cipher-suites.ts'

const line = (suite: number): string | undefined => {
  const f = cipherSuiteFacts(suite)
  return f && [f.kx, f.auth, f.cipher, f.keyLength, f.ivLength, f.mac, f.macLength, f.tagLength, f.prfHash].join(' ')
}

for (const [suite, facts] of [
  [0x1301, 'tls13 any aes-128-gcm 16 12 aead 0 16 sha256'],
  [0x1302, 'tls13 any aes-256-gcm 32 12 aead 0 16 sha384'],
  [0x1303, 'tls13 any chacha20-poly1305 32 12 aead 0 16 sha256'],
  [0x1304, 'tls13 any aes-128-ccm 16 12 aead 0 16 sha256'],
  [0x1305, 'tls13 any aes-128-ccm-8 16 12 aead 0 8 sha256'],
  [0xc02f, 'ecdhe rsa aes-128-gcm 16 4 aead 0 16 sha256'],
  [0xc02c, 'ecdhe ecdsa aes-256-gcm 32 4 aead 0 16 sha384'],
  [0xcca8, 'ecdhe rsa chacha20-poly1305 32 12 aead 0 16 sha256'],
  [0xc0ad, 'ecdhe ecdsa aes-256-ccm 32 4 aead 0 16 sha256'],
  [0xc0ae, 'ecdhe ecdsa aes-128-ccm-8 16 4 aead 0 8 sha256'],
  [0x002f, 'rsa rsa aes-128-cbc 16 16 sha1 20 0 sha256'],
  [0x003d, 'rsa rsa aes-256-cbc 32 16 sha256 32 0 sha256'],
  [0xc028, 'ecdhe rsa aes-256-cbc 32 16 sha384 48 0 sha384'],
  [0x000a, 'rsa rsa 3des-cbc 24 8 sha1 20 0 sha256'],
  [0x0004, 'rsa rsa rc4-128 16 0 md5 16 0 sha256'],
  [0x0001, 'rsa rsa null 0 0 md5 16 0 sha256'],
  [0x0003, 'rsa-export rsa rc4-40 5 0 md5 16 0 sha256'],
  [0x0014, 'dhe rsa des40-cbc 5 8 sha1 20 0 sha256'],
  [0x0032, 'dhe dss aes-128-cbc 16 16 sha1 20 0 sha256'],
  [0x0034, 'dhe anon aes-128-cbc 16 16 sha1 20 0 sha256'],
  [0xc018, 'ecdhe anon aes-128-cbc 16 16 sha1 20 0 sha256'],
  [0x003f, 'dh rsa aes-128-cbc 16 16 sha256 32 0 sha256'],
  [0xc004, 'ecdh ecdsa aes-128-cbc 16 16 sha1 20 0 sha256'],
  [0x00a8, 'psk psk aes-128-gcm 16 4 aead 0 16 sha256'],
  [0x00ac, 'rsa-psk rsa aes-128-gcm 16 4 aead 0 16 sha256'],
  [0xc0aa, 'dhe-psk psk aes-128-ccm-8 16 4 aead 0 8 sha256'],
  [0xd002, 'ecdhe-psk psk aes-256-gcm 32 4 aead 0 16 sha384'],
  [0xc073, 'ecdhe ecdsa camellia-256-cbc 32 16 sha384 48 0 sha384'],
  [0xc061, 'ecdhe rsa aria-256-gcm 32 4 aead 0 16 sha384'],
  [0xc01e, 'srp rsa aes-128-cbc 16 16 sha1 20 0 sha256'],
  [0xc01d, 'srp srp aes-128-cbc 16 16 sha1 20 0 sha256'],
  [0x0096, 'rsa rsa seed-cbc 16 16 sha1 20 0 sha256'],
] as const)
  test(`${cipherSuites[suite]} is ${facts}`, () => assert.equal(line(suite), facts))

test('signalling values, GREASE, unknown numbers and other grammars have no facts', () => {
  for (const suite of [0x00ff, 0x5600, 0x1a1a, 0x9999, 0xc102, 0x1306, 0x00c6, 0x006e, -1])
    assert.equal(cipherSuiteFacts(suite), undefined)
})

test('nearly every registered suite has facts', () => {
  const without = Object.entries(cipherSuites).filter(([suite]) => !cipherSuiteFacts(Number(suite)))
  assert.ok(without.length < 40, without.map(([, name]) => name).join(' '))
})

test('key lengths are those that node knows', () => {
  for (const suite of Object.keys(cipherSuites).map(Number)) {
    const facts = cipherSuiteFacts(suite)
    if (!facts?.cipher.startsWith('aes')) continue
    const info = getCipherInfo(facts.cipher.replace(/-8$/, ''))
    assert.equal(info?.keyLength, facts.keyLength)
  }
})
