import assert from 'node:assert/strict'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { duplexPair } from 'node:stream'
import { test } from 'node:test'
import tls from 'node:tls'
import { guardIdentity, identityCode } from '../../../src/proxy/leg/server-identity.ts'
import { alternativeNames, authority, generalName, mint } from '../../wire/x509/mint.ts'
import { pemOf } from './exact/pem.ts'

// Node 26.10 crashes where it makes its first form of a certificate with such a key.
const oddKeys = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
const codeOf = (host: string, subject: string, ...names: string[]): string | undefined => {
  const extensions = names.length > 0 ? [alternativeNames(...names.map(one => generalName(2, one)))] : []
  return identityCode(host, new X509Certificate(mint({ subject, keys: oddKeys, extensions }).der))
}

test('alternative names count, and common names where there are none', () => {
  const wrong = 'ERR_TLS_CERT_ALTNAME_INVALID'
  assert.equal(codeOf('a.test', 'CN=b.test', 'a.test'), undefined)
  assert.equal(codeOf('b.test', 'CN=b.test', 'a.test'), wrong)
  assert.equal(codeOf('b.test', 'CN=b.test'), undefined)
  assert.equal(codeOf('c.test', 'CN=b.test/CN=c.test'), undefined)
  assert.equal(codeOf('c.test', 'CN=b.test\nCN=c.test'), wrong)
  assert.equal(codeOf('a.test', 'O=a.test'), wrong)
})

test('a root with a strange key that a server sends besides crashes nobody', async () => {
  const root = mint({ subject: 'CN=root', extensions: [authority()] })
  const leaf = mint({ subject: 'CN=leaf', issuer: root, extensions: [alternativeNames(generalName(2, 'a.test'))] })
  const twin = mint({ subject: 'CN=root', keys: oddKeys, extensions: [authority()] })
  const [near, far] = duplexPair()
  const key = leaf.privateKey.export({ type: 'pkcs8', format: 'pem' })
  const secureContext = tls.createSecureContext({ key, cert: pemOf(leaf.der) + pemOf(twin.der) })
  const server = new tls.TLSSocket(far, { isServer: true, secureContext }).on('error', () => {})
  const socket = tls.connect({ socket: near, ca: pemOf(root.der), host: 'a.test' })
  guardIdentity(socket)
  await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject))
  assert.equal(socket.authorized, true)
  socket.destroy()
  server.destroy()
})
