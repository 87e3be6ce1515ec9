import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge, type Verdict } from '../../../src/compare/verdict/verdict.ts'
import type { Connection } from '../../../src/model/connection.ts'
import type { Negotiated } from '../../../src/wire/tls/handshake.ts'
import type { ClientHello } from '../../../src/wire/tls/values.ts'
import { alertOf, helloOf, makeConnection, makeHandshake, makeHello, modern } from '../make.ts'

interface Case {
  readonly offer?: Partial<ClientHello>
  /** What Parley sent; the client's own offer by default. */
  readonly sent?: Partial<ClientHello>
  readonly agreed?: Partial<Negotiated>
  readonly connection?: Partial<Connection>
}

function verdictOf({ offer = {}, sent = offer, agreed = {}, connection = {} }: Case): Verdict {
  return judge({
    connection: makeConnection(connection),
    client: makeHandshake([helloOf(makeHello(offer))]),
    upstream: makeHandshake([helloOf(makeHello(sent))], {}, { ...modern, ...agreed }),
  })
}

const doubtOf = (verdict: Verdict) => verdict.reasons.find(({ standing }) => standing !== 'fits')

test('a client that offers all that the server chose agrees with it', () => {
  const verdict = verdictOf({})
  assert.equal(verdict.agreed, 'yes')
  assert.deepEqual(
    verdict.reasons.map(({ aspect }) => aspect),
    ['version', 'cipher-suite', 'group', 'signature-algorithm', 'alpn'],
  )
  assert.doesNotMatch(verdict.sentence, /chosen differently/)
})

test('where the server saw another offer it might have chosen something else', () => {
  const verdict = verdictOf({ sent: { cipherSuites: [0x1301, 0x1303] } })
  assert.equal(verdict.agreed, 'yes')
  assert.match(verdict.sentence, /might have chosen differently/)
})

test('versions below the one chosen that were not offered could not have been chosen', () => {
  const offer = { supportedVersions: [0x304, 0x303, 0x302] }
  assert.doesNotMatch(verdictOf({ offer, sent: { supportedVersions: [0x304, 0x303] } }).sentence, /chosen differently/)
})

test('GREASE does not make two offers different', () => {
  const verdict = verdictOf({
    offer: { cipherSuites: [0x0a0a, 0x1301], supportedGroups: [0x1a1a, 29] },
    sent: { cipherSuites: [0xfafa, 0x1301], supportedGroups: [0x2a2a, 29] },
  })
  assert.doesNotMatch(verdict.sentence, /chosen differently/)
})

test('a client of TLS 1.3 alone and a server of TLS 1.1 do not agree', () => {
  const verdict = verdictOf({
    offer: { supportedVersions: [0x0304] },
    sent: { supportedVersions: [0x0304, 0x0303, 0x0302] },
    agreed: { version: 0x0302, cipherSuite: 0xc013 },
  })
  assert.equal(verdict.agreed, 'no')
  assert.equal(doubtOf(verdict)?.asBrowser, 'ERR_SSL_VERSION_OR_CIPHER_MISMATCH')
  assert.deepEqual(
    verdict.reasons.map(({ aspect }) => aspect),
    ['version'],
  )
})

test('a client older than the server’s choice is unknown: nothing tells whether the server knows that version', () => {
  const verdict = verdictOf({ offer: { supportedVersions: [0x0303] }, sent: {} })
  assert.equal(verdict.agreed, 'unknown')
  assert.match(verdict.sentence, /does not show/)
})

test('a hello without supported_versions offers all versions up to its own', () => {
  const { supportedVersions: _, ...old } = makeHello({ legacyVersion: 0x0303, cipherSuites: [0xc02f] })
  const pair = {
    connection: makeConnection(),
    client: makeHandshake([helloOf(old)]),
    upstream: makeHandshake([helloOf(old)], {}, { version: 0x0301, cipherSuite: 0xc02f }),
  }
  assert.equal(judge(pair).reasons.find(({ aspect }) => aspect === 'version')?.standing, 'fits')
})

test('a suite that the client does not offer is doubtful while it offers others of that version', () => {
  const verdict = verdictOf({ offer: { cipherSuites: [0x1302] }, sent: {} })
  assert.equal(verdict.agreed, 'unknown')
  assert.equal(doubtOf(verdict)?.aspect, 'cipher-suite')
  assert.equal(doubtOf(verdict)?.asOpenssl, 'no shared cipher')
})

test('a client without any suite of the chosen version does not agree', () => {
  assert.equal(verdictOf({ offer: { cipherSuites: [0xc02f, 0x00ff] }, sent: {} }).agreed, 'no')
})

test('a group that the client does not offer is doubtful, one without a key share costs a round trip', () => {
  assert.equal(doubtOf(verdictOf({ offer: { supportedGroups: [24] }, sent: {} }))?.aspect, 'group')
  const retried = verdictOf({ agreed: { group: 23 } })
  assert.equal(retried.agreed, 'yes')
  assert.match(retried.reasons.find(({ aspect }) => aspect === 'group')?.sentence ?? '', /HelloRetryRequest/)
})

test('a certificate whose key the client accepts no signature of fails', () => {
  const verdict = verdictOf({ offer: { signatureAlgorithms: [0x0804, 0x0401] }, sent: {} })
  assert.equal(verdict.agreed, 'no')
  assert.match(verdict.sentence, /ECDSA/)
})

test('another signature of the same kind of key is doubtful', () => {
  const verdict = verdictOf({ offer: { signatureAlgorithms: [0x0503] }, sent: {} })
  assert.equal(verdict.agreed, 'unknown')
  assert.equal(doubtOf(verdict)?.aspect, 'signature-algorithm')
})

test('a protocol that the client does not offer is doubtful', () => {
  const verdict = verdictOf({ offer: { alpn: ['http/1.1'] }, sent: {} })
  assert.equal(verdict.agreed, 'unknown')
  assert.equal(doubtOf(verdict)?.aspect, 'alpn')
})

test('a server without ALPN suits everybody', () => {
  const pair = {
    connection: makeConnection(),
    client: makeHandshake([helloOf(makeHello())]),
    upstream: makeHandshake([helloOf(makeHello())], {}, { version: 0x0304, cipherSuite: 0x1301 }),
  }
  assert.equal(judge(pair).agreed, 'yes')
})

test('an expired certificate fails whatever was agreed', () => {
  const problem = { code: 'tls/certificate-expired', blame: 'server', message: '' } as const
  const verdict = verdictOf({ connection: { problems: [problem] } })
  assert.equal(verdict.agreed, 'no')
  assert.equal(verdict.reasons[0]?.asBrowser, 'ERR_CERT_DATE_INVALID')
})

test('an unknown root is doubtful: the client may know it', () => {
  const problem = { code: 'tls/certificate-self-signed', blame: 'server', message: '' } as const
  assert.equal(verdictOf({ connection: { problems: [problem] } }).agreed, 'unknown')
})

const refused = (connection: Partial<Connection>) =>
  judge({
    connection: makeConnection(connection),
    client: makeHandshake([helloOf(makeHello())]),
    upstream: makeHandshake([helloOf(makeHello()), alertOf('to-client', 40)], { outcome: 'failed' }),
  })

test('a server that refuses the mirrored offer refuses the client', () => {
  const verdict = refused({})
  assert.equal(verdict.agreed, 'no')
  assert.match(verdict.sentence, /handshake_failure/)
})

test('a server that refuses an offer which is not the client’s proves nothing', () => {
  assert.equal(refused({ upstream: {} }).agreed, 'unknown')
})

test('without a hello or a server there is no verdict', () => {
  const client = makeHandshake([helloOf(makeHello())])
  assert.equal(judge({ connection: makeConnection() }).agreed, 'unknown')
  assert.equal(judge({ connection: makeConnection(), client }).agreed, 'unknown')
  assert.equal(judge({ connection: makeConnection(), client, upstream: makeHandshake([]) }).agreed, 'unknown')
})

test('a server that speaks another protocol first agrees with no client that speaks TLS', () => {
  const problems = ['to-client byte 0: an SSH banner instead of TLS: "SSH-2.0-x"']
  const upstream = makeHandshake([], { outcome: 'failed', problems })
  const client = makeHandshake([helloOf(makeHello())])
  const connection = makeConnection({ treatment: 'pass-through' })
  const { agreed, sentence } = judge({ connection, client, upstream })
  assert.deepEqual([agreed, sentence], ['no', `No. The server spoke first: ${problems[0]!.slice(18)}.`])
})

test('a server that speaks another protocol first is quoted, and nobody knows what the client said', () => {
  const problems = ['to-client byte 0: an SSH banner instead of TLS: "SSH-2.0-x"']
  const upstream = makeHandshake([], { outcome: 'failed', problems })
  const { agreed, sentence } = judge({ connection: makeConnection({ treatment: 'pass-through' }), upstream })
  assert.equal(agreed, 'unknown')
  assert.match(
    sentence,
    /^The server spoke first: an SSH banner instead of TLS: "SSH-2\.0-x"\. .*if it did, this is the wrong port/,
  )
})

test('where Parley itself was asked there is nothing to judge', () => {
  const { agreed, sentence } = judge({ connection: makeConnection({ treatment: 'own' }), client: makeHandshake([]) })
  assert.deepEqual([agreed, sentence], ['unknown', 'Parley itself was asked, and answered: there is no server.'])
  const refused = judge({ connection: makeConnection({ treatment: 'own', protocol: 'trust-check' }) })
  assert.match(refused.sentence, /whether this client trusts Parley: no\./)
})
