import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareLegs } from '../../src/compare/compare.ts'
import { identity } from '../wire/tls/test-certificates.ts'
import { makeConnection, recordLegs } from './make.ts'

const alpn = { ALPNProtocols: ['h2', 'http/1.1'] }

test('two real handshakes that agree on everything but their certificates', async () => {
  const pair = await recordLegs({
    client: { server: { ...identity('ecdsa'), ...alpn }, client: alpn },
    upstream: { server: { ...identity('rsa'), ...alpn }, client: alpn },
  })
  const { rows, verdict } = compareLegs(pair)
  const marks = Object.fromEntries(rows.map(({ aspect, mark }) => [aspect, mark]))
  for (const aspect of ['version', 'cipher-suite', 'group', 'alpn', 'sni', 'resumption', 'extensions', 'ja3', 'ja4'])
    assert.equal(marks[aspect], '=', aspect)
  for (const aspect of ['certificate', 'key', 'signature-algorithm']) assert.equal(marks[aspect], '≠', aspect)
  assert.equal(verdict.agreed, 'yes')
})

test('a server of TLS 1.2 behind a client of TLS 1.3', async () => {
  const pair = await recordLegs({
    client: { server: { ...identity('ecdsa'), ...alpn }, client: { ...alpn, minVersion: 'TLSv1.3' } },
    upstream: { server: { ...identity('rsa'), ...alpn, maxVersion: 'TLSv1.2' }, client: alpn },
  })
  const { rows, verdict } = compareLegs(pair)
  assert.equal(rows.find(({ aspect }) => aspect === 'version')?.mark, '!')
  assert.equal(verdict.agreed, 'no')
  assert.equal(verdict.reasons[0]?.asBrowser, 'ERR_SSL_VERSION_OR_CIPHER_MISMATCH')
})

test('every aspect has one row, and every difference its reason', async () => {
  const pair = await recordLegs({
    client: { server: { ...identity('ecdsa'), ...alpn }, client: { ...alpn, ciphers: 'TLS_AES_128_GCM_SHA256' } },
    upstream: { server: { ...identity('rsa') }, client: { ...alpn, maxVersion: 'TLSv1.2' } },
  })
  const { rows } = compareLegs(pair)
  const aspects = rows.map(({ aspect }) => aspect)
  assert.equal(new Set(aspects).size, aspects.length)
  assert.deepEqual(
    rows.filter(({ mark, why }) => mark !== '=' && !why).map(({ aspect }) => aspect),
    [],
  )
})

test('a connection without TLS has nothing to compare', () => {
  const { rows, verdict } = compareLegs({ connection: makeConnection() })
  assert.deepEqual(
    rows.map(({ aspect }) => aspect),
    ['timing-tcp'],
  )
  assert.equal(verdict.agreed, 'unknown')
})
