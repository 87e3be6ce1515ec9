import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  algorithmOf,
  checkLegacyFields,
  checkSelectedVersion,
  suiteOf,
  versionOf,
} from '../../../../../src/wire/tls/client/checks/choice.ts'
import { readClientHello } from '../../../../../src/wire/tls/messages/client-hello.ts'
import type { ServerHello } from '../../../../../src/wire/tls/values.ts'
import { type Offer, offer } from '../offer.ts'
import { extensionsOf, stateOf } from '../state-of.ts'

const tls12 = 0x0303
const tls13 = 0x0304
const hello = (told: Partial<ServerHello> = {}): ServerHello => ({
  legacyVersion: tls12,
  random: Buffer.alloc(32),
  sessionId: Buffer.alloc(0),
  cipherSuite: 0xc02f,
  compressionMethod: 0,
  extensions: [],
  retry: false,
  ...told,
})
const offered = (told: Offer) => readClientHello(offer(told))
const all = offered({ versions: [tls13, tls12, 0x0302, 0x0301] })

test('supported_versions chooses TLS 1.3 alone', () => {
  checkSelectedVersion(hello({ selectedVersion: tls13 }), all)
  checkSelectedVersion(hello(), all)
  for (const selectedVersion of [0x0300, tls12, 0x0305])
    assert.throws(() => checkSelectedVersion(hello({ selectedVersion }), all), { alert: 47 })
  assert.throws(() => checkSelectedVersion(hello({ retry: true }), all), { alert: 109 })
  const draft = { selectedVersion: 0x7f1c }
  assert.throws(() => checkSelectedVersion(hello(draft), all), { alert: 47 })
  assert.throws(() => checkSelectedVersion(hello(draft), offered({ versions: [tls13, 0x7f1c] })), {
    code: 'unsupported',
  })
})

test('a version must be offered, spoken here and not too old', () => {
  assert.equal(versionOf(hello({ selectedVersion: tls13 }), all, tls12), tls13)
  assert.equal(versionOf(hello(), all, tls12), tls12)
  assert.equal(versionOf(hello({ legacyVersion: 0x0301 }), all, 0x0301), 0x0301)
  assert.throws(() => versionOf(hello({ legacyVersion: 0x0302 }), all, tls12), { alert: 70, code: 'too-old' })
  for (const legacyVersion of [0x0300, tls13, 0x0305])
    assert.throws(() => versionOf(hello({ legacyVersion }), all, 0x0300), { alert: 70, code: 'protocol-version' })
  assert.throws(() => versionOf(hello(), offered({ versions: [tls13] }), tls12), { alert: 70 })
  assert.equal(versionOf(hello(), offered({ versions: [tls12], without: [43] }), tls12), tls12)
})

test('a server that was made to speak less says so in its random', () => {
  const marked = (end: string, legacyVersion: number) =>
    hello({ legacyVersion, random: Buffer.concat([Buffer.alloc(24), Buffer.from(end, 'latin1')]) })
  const downgrade = { alert: 47, code: 'downgrade' }
  for (const end of ['DOWNGRD\x00', 'DOWNGRD\x01'])
    assert.throws(() => versionOf(marked(end, tls12), all, 0x0301), downgrade)
  const older = offered({ versions: [tls12] })
  assert.throws(() => versionOf(marked('DOWNGRD\x00', 0x0302), older, 0x0301), downgrade)
  assert.equal(versionOf(marked('DOWNGRD\x01', tls12), older, 0x0301), tls12)
  // RFC 8446 4.1.3: a client that offers no more than TLS 1.1 does not look.
  assert.equal(versionOf(marked('DOWNGRD\x00', 0x0302), offered({ versions: [0x0302] }), 0x0301), 0x0302)
})

test('a suite must be offered, known and of the version', () => {
  const { sent } = stateOf({ suites: [0x1a1a, 0x1301, 0xc02f, 0xc013, 0x00ff, 0x00c6] })
  const { sessionId } = sent.hello
  const modern = { cipherSuite: 0x1301, sessionId, selectedVersion: tls13 }
  assert.equal(suiteOf(hello(modern), sent, tls13).kx, 'tls13')
  assert.equal(suiteOf(hello(), sent, tls12).kx, 'ecdhe')
  for (const [told, version] of [
    [{ cipherSuite: 0xc030 }, tls12],
    [{ cipherSuite: 0x1a1a }, tls12],
    [{ cipherSuite: 0x00ff }, tls12],
    [{ cipherSuite: 0x1301 }, tls12],
    [{ ...modern, cipherSuite: 0xc02f }, tls13],
    [{}, 0x0302],
  ] as const)
    assert.throws(() => suiteOf(hello(told), sent, version), { alert: 47 }, JSON.stringify([told, version]))
  assert.throws(() => suiteOf(hello({ cipherSuite: 0x00c6 }), sent, tls12), { code: 'unsupported' }) // SM4
})

test('compression, session id and legacy_version are as they must be', () => {
  const { sent } = stateOf()
  const { sessionId } = sent.hello
  const modern = { sessionId, selectedVersion: tls13 }
  checkLegacyFields(hello(modern), sent, tls13)
  checkLegacyFields(hello(), sent, tls12)
  for (const [told, version] of [
    [{ compressionMethod: 1 }, tls12],
    [{ ...modern, sessionId: Buffer.alloc(32) }, tls13],
    [{ ...modern, legacyVersion: 0x0302 }, tls13],
    [{ sessionId }, tls12],
  ] as const)
    assert.throws(() => checkLegacyFields(hello(told), sent, version), { alert: 47 }, JSON.stringify([told, version]))
})

test('a session that the client has with the server from elsewhere is not one to resume here', () => {
  const { sent } = stateOf({ versions: [tls12], suites: [0xc02f] })
  const { sessionId } = sent.hello
  assert.equal(sessionId.length, 32)
  assert.throws(() => checkLegacyFields(hello({ sessionId }), sent, tls12), { code: 'unsupported', alert: 47 })
  checkLegacyFields(hello({ sessionId: Buffer.alloc(32, 9) }), sent, tls12)
})

test('records are sealed by what is spoken here, and CBC only if the MAC is outside', () => {
  const { sent } = stateOf({ suites: [0x1301, 0xc02f, 0xc013, 0x0005, 0x003b, 0xc08b, 0x0032, 0x006d, 0x008c] })
  const chosen = (cipherSuite: number, version = tls12, told: Partial<ServerHello> = {}, allow = false) => {
    const said = hello({ cipherSuite, sessionId: version === tls13 ? sent.hello.sessionId : Buffer.alloc(0), ...told })
    return algorithmOf(suiteOf(said, sent, version), version, said, allow).cipher
  }
  assert.equal(chosen(0x1301, tls13), 'aes-128-gcm')
  assert.equal(chosen(0xc02f), 'aes-128-gcm')
  assert.throws(() => chosen(0xc013), { code: 'unsupported', message: /CBC without encrypt_then_mac/ })
  assert.equal(chosen(0xc013, tls12, { extensions: extensionsOf([22, Buffer.alloc(0)]) }), 'aes-128-cbc')
  assert.equal(chosen(0xc013, tls12, {}, true), 'aes-128-cbc')
  for (const suite of [0x0005, 0x003b, 0x0032, 0x006d, 0x008c]) // RC4, NULL, DSS, anonymous, PSK
    assert.throws(() => chosen(suite, tls12, {}, true), { code: 'unsupported', alert: 40 }, suite.toString(16))
})
