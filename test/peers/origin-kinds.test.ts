import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { connect as tlsConnect } from 'node:tls'
import { type ConnectOptions, fetchThrough, type TlsChoices } from '../../src/peers/client.ts'
import { type OriginName, startOrigins } from '../../src/peers/origins.ts'
import { startRelay } from './connect-relay.ts'

const origins = await startOrigins()
const relay = await startRelay()
after(async () => {
  await relay.close()
  await origins.close()
})
const fetch = (name: OriginName, tls: TlsChoices = {}, more: ConnectOptions = {}) => {
  const url = new URL('/whoami', origins.named(name).url)
  return fetchThrough({ proxy: relay.proxy, ca: origins.caPem, url, tls, ...more })
}

/** SHA-256 of "HelloRetryRequest", the random that makes a ServerHello one (RFC 8446 4.1.3). */
const retryRandom = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex')

test('hrr asks again, tls13 does not', async () => {
  assert.equal((await fetch('hrr')).status, 200)
  assert.equal(relay.toClient().indexOf(retryRandom), 5 + 4 + 2) // record header, message header, legacy_version
  assert.equal((await fetch('tls13')).status, 200)
  assert.equal(relay.toClient().indexOf(retryRandom), -1)
})

test('each kind of TLS 1.2 has its cipher suite, and a client of TLS 1.3 alone is refused', async () => {
  const suites = {
    'tls12-ecdhe': 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    'tls12-rsa': 'TLS_RSA_WITH_AES_128_GCM_SHA256',
    'tls12-cbc': 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  } as const
  for (const [name, suite] of Object.entries(suites) as [keyof typeof suites, string][]) {
    const { tls } = await fetch(name)
    assert.deepEqual([tls?.version, tls?.cipherSuite], ['TLSv1.2', suite])
    const { error } = await fetch(name, { minVersion: 'TLSv1.3' })
    assert.equal(error?.code, 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION')
  }
})

/** The types of the handshake messages in the clear, up to ChangeCipherSpec. */
function messageTypes(bytes: Buffer): number[] {
  const parts: Buffer[] = []
  for (let at = 0; bytes[at] === 22; at += 5 + bytes.readUInt16BE(at + 3)) {
    parts.push(bytes.subarray(at + 5, at + 5 + bytes.readUInt16BE(at + 3)))
  }
  const messages = Buffer.concat(parts)
  const types: number[] = []
  for (let at = 0; at < messages.length; at += 4 + messages.readUIntBE(at + 1, 3)) types.push(messages[at]!)
  return types
}

test('RSA key exchange sends no ServerKeyExchange, ECDHE does', async () => {
  await fetch('tls12-rsa')
  const rsa = messageTypes(relay.toClient())
  await fetch('tls12-ecdhe')
  const ecdhe = messageTypes(relay.toClient())
  const serverKeyExchange = 12
  assert.deepEqual(rsa.slice(0, 2), [2, 11])
  assert.ok(!rsa.includes(serverKeyExchange))
  assert.ok(ecdhe.includes(serverKeyExchange))
})

test('http11 is given h2 and takes http/1.1', async () => {
  const { tls, protocol } = await fetch('http11', {}, { alpn: ['h2', 'http/1.1'] })
  assert.deepEqual([tls?.version, tls?.alpn, protocol], ['TLSv1.3', 'http/1.1', 'http/1.1'])
})

test('every bad certificate is bad in its own way', async () => {
  const codes = {
    expired: 'CERT_HAS_EXPIRED',
    'not-yet-valid': 'CERT_NOT_YET_VALID',
    'self-signed': 'DEPTH_ZERO_SELF_SIGNED_CERT',
    'wrong-host': 'ERR_TLS_CERT_ALTNAME_INVALID',
    'incomplete-chain': 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  } as const
  for (const [name, code] of Object.entries(codes)) {
    const { error } = await fetch(name as OriginName)
    assert.deepEqual([error?.stage, error?.code], ['tls', code])
  }
})

test('the incomplete chain is whole for a client that has the intermediate', async () => {
  const ca = [origins.caPem, origins.authority.intermediatePem]
  assert.equal((await fetch('incomplete-chain', {}, { ca })).status, 200)
})

test('client-cert refuses a client without a certificate and knows one with', async () => {
  assert.equal((await fetch('client-cert')).error?.code, 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')
  const known = await fetch('client-cert', origins.clientIdentity)
  assert.equal(JSON.parse(known.body.toString()).clientCertificate, 'Demo client')
  const stranger = origins.authority.issue({ host: 'Stranger', use: 'client', issuer: 'self' })
  assert.notEqual((await fetch('client-cert', stranger)).status, 200)
})

test('client-cert-optional takes both', async () => {
  const without = await fetch('client-cert-optional')
  assert.equal(JSON.parse(without.body.toString()).clientCertificate, null)
  const known = await fetch('client-cert-optional', origins.clientIdentity)
  assert.equal(JSON.parse(known.body.toString()).clientCertificate, 'Demo client')
})

test('alert answers the ClientHello with a fatal handshake_failure', async () => {
  const { error } = await fetch('alert')
  assert.equal(error?.code, 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE')
  assert.deepEqual([...relay.toClient()], [21, 3, 3, 0, 2, 2, 40])
})

test('not-tls answers a ClientHello in HTTP', async () => {
  const { error } = await fetch('not-tls')
  assert.equal(error?.stage, 'tls')
  assert.match(relay.toClient().toString('latin1'), /^HTTP\/1\.1 400 /)
})

test('reset, closes and garbage never get past the ClientHello', async () => {
  for (const name of ['reset', 'closes', 'garbage'] as const) {
    const { error, tls } = await fetch(name)
    assert.deepEqual([error?.stage, tls], ['tls', undefined], name)
  }
})

test('a client that is not ours sees the same certificate', async () => {
  const { host, port } = origins.named('tls13')
  const socket = tlsConnect({ host: '127.0.0.1', port, servername: host, ca: origins.caPem })
  await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject))
  assert.equal(socket.authorized, true)
  assert.equal(socket.getPeerCertificate().subject.CN, host)
  socket.destroy()
})
