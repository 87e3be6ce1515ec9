import assert from 'node:assert/strict'
import { constants, privateDecrypt } from 'node:crypto'
import { test } from 'node:test'
import { readSessionState } from '../../../src/proxy/leg/session-state.ts'
import { dissect } from '../../../src/wire/tls/dissect.ts'
import { ticketKeyLine } from '../../../src/wire/tls/key-log.ts'
import { noOpenssl } from '../x509/openssl.ts'
import { assertSound, checksIn, codesOf, namesOf } from './expect-handshake.ts'
import { noEncryptThenMac, noExtendedMasterSecret, tlsPair } from './record-pair.ts'
import { stapledHandshake } from './stapling-pair.ts'
import { type IdentityName, identity } from './test-certificates.ts'

const rsa = identity('rsa')
const noTickets = constants.SSL_OP_NO_TICKET

const tls13Suites = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_CCM_SHA256',
  'TLS_AES_128_CCM_8_SHA256',
]
for (const ciphers of tls13Suites)
  test(`a TLS 1.3 handshake with ${ciphers} is read and its checks pass`, async () => {
    const list = { ciphers: `${ciphers}:AES128-SHA:@SECLEVEL=0`, minVersion: 'TLSv1.3' } as const
    const { capture } = await tlsPair({ server: { ...rsa, ...list } }).connect({ ...list, ALPNProtocols: ['h2'] })
    const handshake = dissect(capture)
    assertSound(handshake)
    assert.deepEqual(namesOf(handshake).slice(0, 9), [
      '> client_hello',
      '< server_hello',
      '< change_cipher_spec',
      '< encrypted_extensions',
      '< certificate',
      '< certificate_verify',
      '< finished',
      '> change_cipher_spec',
      '> finished',
    ])
    assert.equal(handshake.negotiated.version, 0x0304)
    assert.equal(handshake.negotiated.serverName, 'api.example.test')
    assert.equal(handshake.serverCertificates.length, 1)
    assert.ok(handshake.records.some(record => record.innerType === 23))
    assert.deepEqual(
      handshake.keys.map(key => key.name),
      [
        'server_handshake_traffic_secret',
        'server_handshake_write_key',
        'server_handshake_write_iv',
        'server_handshake_finished_key',
        'client_handshake_traffic_secret',
        'client_handshake_write_key',
        'client_handshake_write_iv',
        'client_handshake_finished_key',
        'server_application_traffic_secret_0',
        'server_application_write_key_0',
        'server_application_write_iv_0',
        'exporter_master_secret',
        'client_application_traffic_secret_0',
        'client_application_write_key_0',
        'client_application_write_iv_0',
      ],
    )
  })

const signers: readonly (readonly [IdentityName, number])[] = [
  ['rsa', 0x0804],
  ['ecdsa', 0x0403],
  ['ed25519', 0x0807],
  ['ed448', 0x0808],
  ['rsa-pss', 0x0809],
]
for (const [name, algorithm] of signers)
  for (const version of ['TLSv1.3', 'TLSv1.2'] as const)
    test(`a ${name} signature in ${version} is verified, from the server and from the client`, async () => {
      const signed = identity(name)
      const server = { ...signed, maxVersion: version, requestCert: true, rejectUnauthorized: false }
      const sigalgs = 'rsa_pss_rsae_sha256:ecdsa_secp256r1_sha256:ed25519:ed448:rsa_pss_pss_sha256'
      const { capture } = await tlsPair({ server: { ...server, sigalgs } }).connect({ ...signed, sigalgs })
      const handshake = dissect(capture)
      assertSound(handshake)
      assert.equal(handshake.negotiated.signatureAlgorithm, algorithm)
      assert.equal(handshake.negotiated.clientCertificate, 'sent')
      assert.equal(handshake.clientCertificates.length, 1)
      assert.equal(checksIn(handshake).filter(check => check.endsWith('signature true')).length, 2)
    })

const oldSuites: readonly (readonly [string, IdentityName, string, number?])[] = [
  ['ECDHE-RSA-AES128-GCM-SHA256', 'rsa', 'TLSv1.2'],
  ['ECDHE-RSA-AES256-GCM-SHA384', 'rsa', 'TLSv1.2'],
  ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ecdsa', 'TLSv1.2'],
  ['ECDHE-ECDSA-CHACHA20-POLY1305', 'ecdsa', 'TLSv1.2'],
  ['ECDHE-ECDSA-AES128-CCM', 'ecdsa', 'TLSv1.2'],
  ['ECDHE-ECDSA-AES256-CCM8', 'ecdsa', 'TLSv1.2'],
  ['DHE-RSA-AES128-GCM-SHA256', 'rsa', 'TLSv1.2'],
  ['AES128-GCM-SHA256', 'rsa', 'TLSv1.2'],
  ['AES256-SHA256', 'rsa', 'TLSv1.2'],
  ['ECDHE-RSA-AES128-SHA256', 'rsa', 'TLSv1.2'],
  ['ECDHE-RSA-AES256-SHA384', 'rsa', 'TLSv1.2', noEncryptThenMac],
  ['ECDHE-RSA-AES128-SHA', 'rsa', 'TLSv1.2', noExtendedMasterSecret],
  ['ECDHE-RSA-CAMELLIA128-SHA256', 'rsa', 'TLSv1.2'],
  ['ECDHE-ARIA128-GCM-SHA256', 'rsa', 'TLSv1.2'],
  ['ECDHE-RSA-NULL-SHA', 'rsa', 'TLSv1.2'],
  ['ECDHE-RSA-AES128-SHA', 'rsa', 'TLSv1.1'],
  ['AES256-SHA', 'rsa', 'TLSv1.1', noEncryptThenMac],
  ['ECDHE-RSA-AES256-SHA', 'rsa', 'TLSv1'],
  ['ECDHE-ECDSA-AES128-SHA', 'ecdsa', 'TLSv1', noEncryptThenMac],
  ['DHE-RSA-AES128-SHA', 'rsa', 'TLSv1', noEncryptThenMac],
  ['AES128-SHA', 'rsa', 'TLSv1'],
]
for (const [suite, name, version, secureOptions = 0] of oldSuites)
  test(`${version} with ${suite} and options ${secureOptions} is read and its checks pass`, async () => {
    const versions = { minVersion: version as 'TLSv1', maxVersion: version as 'TLSv1' }
    const options = { ...versions, ciphers: `${suite}:@SECLEVEL=0`, secureOptions }
    const signed = identity(name)
    const server = { ...signed, ...options, dhparam: 'auto' as never, requestCert: true, rejectUnauthorized: false }
    const { capture } = await tlsPair({ server }).connect({ ...options, ...signed })
    const handshake = dissect(capture)
    assertSound(handshake)
    assert.equal(handshake.negotiated.clientCertificate, 'sent')
    assert.equal(handshake.negotiated.resumption, 'none')
    assert.equal(handshake.keys[0]?.name, 'master_secret')
    assert.equal(/extended/.test(handshake.keys[0]?.formula ?? ''), secureOptions !== noExtendedMasterSecret)
  })

test('a HelloRetryRequest is explained, and the checks hold over its transcript', async () => {
  const { capture } = await tlsPair({ server: { ...rsa, ecdhCurve: 'P-384' } }).connect({ ecdhCurve: 'X25519:P-384' })
  const handshake = dissect(capture)
  assertSound(handshake)
  assert.equal(handshake.negotiated.group, 24)
  assert.equal(handshake.messages.filter(message => message.name === 'client_hello').length, 2)
  const remark = handshake.remarks.find(({ code }) => code === 'hello-retry-request')
  assert.match(remark?.message ?? '', /wants a share for secp384r1.*had sent shares for x25519/)
})

test('TLS 1.3 resumption is told, and the binder stays open where the ticket’s key is not known', async () => {
  const pair = tlsPair({ server: rsa })
  const { session } = await pair.connect()
  assert.ok(session)
  const handshake = dissect((await pair.connect({ session })).capture)
  assertSound(handshake)
  assert.equal(handshake.negotiated.resumption, 'psk')
  assert.ok(checksIn(handshake).includes('to-server client_hello binder 0 undefined'))
  assert.ok(codesOf(handshake).includes('resumption'))
  assert.equal(handshake.serverCertificates.length, 0)
})

for (const suite of ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384'])
  for (const ecdhCurve of ['X25519', 'P-384'])
    test(`a binder is recomputed from the key of its ticket (${suite}, server wants ${ecdhCurve})`, async () => {
      const pair = tlsPair({ server: { ...rsa, ecdhCurve } })
      const client = { ciphers: suite, ecdhCurve: 'X25519:P-384' }
      const { session } = await pair.connect(client)
      const { psk, ticket } = readSessionState(session!)!
      const { capture } = await pair.connect({ ...client, session: session! })
      const keyLog = [...capture.keyLog, ticketKeyLine(ticket!, psk)]
      const handshake = dissect({ ...capture, keyLog })
      assertSound(handshake)
      const binders = (checks: readonly string[]) => checks.filter(check => check.includes('binder'))
      const hellos = ecdhCurve === 'X25519' ? 1 : 2 // the second has a binder over the retry
      assert.deepEqual(binders(checksIn(handshake)), Array(hellos).fill('to-server client_hello binder 0 true'))
      assert.equal(handshake.keys.filter(({ name }) => name === 'binder_key').length, 1)
      const wrong = dissect({ ...capture, keyLog: [...capture.keyLog, ticketKeyLine(ticket!, psk.toReversed())] })
      assert.deepEqual(binders(checksIn(wrong)), Array(hellos).fill('to-server client_hello binder 0 false'))
    })

for (const [kind, secureOptions, keepSessions] of [
  ['ticket', 0, false],
  ['session-id', noTickets, true],
] as const)
  test(`TLS 1.2 resumption by ${kind} is told, and its Finished hold`, async () => {
    const pair = tlsPair({ server: { ...rsa, maxVersion: 'TLSv1.2', secureOptions }, keepSessions })
    const { session } = await pair.connect()
    assert.ok(session)
    const handshake = dissect((await pair.connect({ session })).capture)
    assertSound(handshake)
    assert.equal(handshake.negotiated.resumption, kind)
    assert.match(handshake.keys[0]!.formula, /of the session that is resumed/)
    assert.ok(!namesOf(handshake).includes('< certificate'))
  })

for (const secureOptions of [0, noExtendedMasterSecret])
  test(`an RSA line with the pre-master secret does as well as the master secret (options ${secureOptions})`, async () => {
    const options = { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256', secureOptions } as const
    const { capture } = await tlsPair({ server: { ...rsa, ...options } }).connect(options)
    const exchange = dissect({ ...capture, keyLog: [] }).messages.find(m => m.name === 'client_key_exchange')?.value
    assert.ok(exchange?.name === 'client_key_exchange' && exchange.encryptedPreMaster)
    const encrypted = Buffer.from(exchange.encryptedPreMaster)
    const preMaster = privateDecrypt({ key: rsa.key, padding: constants.RSA_PKCS1_PADDING }, encrypted)
    const line = `RSA ${encrypted.subarray(0, 8).toString('hex')} ${preMaster.toString('hex')}`
    const handshake = dissect({ ...capture, keyLog: [line] })
    assertSound(handshake)
    assert.deepEqual(
      handshake.keys.slice(0, 3).map(key => key.name),
      ['pre_master_secret', 'master_secret', 'key_block'],
    )
    const logged = capture.keyLog.find(entry => entry.startsWith('CLIENT_RANDOM'))
    assert.equal(Buffer.from(handshake.keys[1]!.value).toString('hex'), logged?.split(' ')[2])
  })

test('two sides without a common version fail with the alert that says so', async () => {
  const { capture } = await tlsPair({ server: { ...rsa, minVersion: 'TLSv1.3' } }).connect({ maxVersion: 'TLSv1.2' })
  const handshake = dissect(capture)
  assert.equal(handshake.outcome, 'failed')
  const remark = handshake.remarks.find(({ code }) => code === 'server-aborted')
  assert.match(remark?.message ?? '', /protocol_version after client_hello from the client/)
})

test('a client that speaks TLS 1.2 to a TLS 1.3 server is shown the downgrade sentinel', async () => {
  const { capture } = await tlsPair({ server: rsa }).connect({ maxVersion: 'TLSv1.2' })
  const handshake = dissect(capture)
  assertSound(handshake)
  const remark = handshake.remarks.find(({ code }) => code === 'downgrade-sentinel')
  assert.match(remark?.message ?? '', /the server can do TLS 1.3, and TLS 1.2 was negotiated\.$/)
})

test('nothing captured is no handshake', () => {
  const handshake = dissect({
    chunks: { 'to-server': [], 'to-client': [] },
    headers: { 'to-server': [], 'to-client': [] },
    keyLog: [],
    tlsStartsAt: { toServer: 0, toClient: 0 },
  })
  assert.equal(handshake.outcome, 'none')
  assert.deepEqual(handshake.remarks, [])
})

for (const [version, name] of [
  ['TLSv1.3', 'certificate'],
  ['TLSv1.2', 'certificate_status'],
] as const)
  test(`a stapled OCSP response is verified with the chain that came with it (${version})`, {
    skip: noOpenssl,
  }, async () => {
    const { messages } = await stapledHandshake(version)
    const [check, ...others] = messages.find(message => message.name === name)!.checks
    assert.deepEqual([check?.name, check?.passed, others.length], ['OCSP signature', true, 0])
  })

test('without checks all else is told the same', async () => {
  const { capture } = await tlsPair({ server: rsa }).connect({})
  const [checked, unchecked] = [dissect(capture), dissect(capture, { checks: false })]
  assert.ok(checksIn(checked).length > 0)
  const bare = { ...checked, messages: checked.messages.map(message => ({ ...message, checks: [] })) }
  assert.deepEqual(unchecked, bare)
})

test('the content of application data is told where the keys are known, in the order of arrival', async () => {
  const { capture } = await tlsPair({ server: rsa }).connect()
  const told: string[] = []
  const content = (direction: string, _at: number, bytes: Uint8Array): void => {
    told.push(`${direction} ${Buffer.from(bytes)}`)
  }
  dissect(capture, { checks: false, fields: false, content })
  assert.deepEqual(told, ['to-server ping', 'to-client pong'])
  dissect({ ...capture, keyLog: [] }, { content })
  assert.equal(told.length, 2)
})
