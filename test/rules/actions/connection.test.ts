import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dns, tls, via } from '../../../src/rules/actions/connection.ts'
import { readBy } from './acting.ts'

test('what TLS is to be', () => {
  const text =
    'min=1.0 max=1.2 ciphers=ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0 groups=X25519:P-256 cert=me.pem mirror=off verify=on'
  assert.deepEqual(readBy(tls, text).connection, {
    minTls: 'TLSv1',
    maxTls: 'TLSv1.2',
    cipherSuites: 'ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0',
    groups: 'X25519:P-256',
    clientCertificate: 'me.pem',
    mirror: false,
    verify: true,
  })
})

test('an address, of either kind', () => {
  assert.deepEqual(readBy(dns, '127.0.0.1').connection, { address: '127.0.0.1' })
  assert.deepEqual(readBy(dns, '[::1]').connection, { address: '::1' })
})

test('a way out, without its password where a person reads it', () => {
  const { did, connection } = readBy(via, 'socks5h://me:secret@127.0.0.1:1080')
  assert.deepEqual(connection, { via: 'socks5h://me:secret@127.0.0.1:1080' })
  assert.equal(did, 'reach the server through socks5h://127.0.0.1:1080')
  assert.deepEqual(readBy(via, 'direct').connection, { via: 'direct' })
})

test('mistakes have their place', () => {
  for (const [kind, text, position] of [
    [tls, '', 0],
    [tls, 'min=1.4', 0],
    [tls, 'verify=off mirror=maybe', 11],
    [tls, 'min=1.3 max=1.2', 8],
    [tls, 'speed=1', 0],
    [tls, 'cert=', 0],
    [tls, 'ciphers=a\0b', 0],
    [dns, 'localhost', 0],
    [dns, '127.1', 0],
    [dns, '300.0.0.1', 0],
    [dns, '::g', 0],
    [via, 'ftp://x', 0],
    [via, 'http://x/path', 0],
    [via, 'http://a:b:c', 0],
  ] as const)
    assert.throws(() => readBy(kind, text), { name: 'RuleError', position }, text)
})
