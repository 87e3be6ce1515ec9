import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dissect } from '../../../src/wire/tls/dissect.ts'
import type { HandshakeMessage, TlsRecord } from '../../../src/wire/tls/handshake.ts'
import { negotiatedFrom } from '../../../src/wire/tls/negotiated.ts'
import { Progress } from '../../../src/wire/tls/progress.ts'
import { remarksOn } from '../../../src/wire/tls/remarks.ts'
import type { MessageValue } from '../../../src/wire/tls/values.ts'
import { withChunks } from './capture-edits.ts'
import { assertSound, codesOf } from './expect-handshake.ts'
import { clientHello, serverHello } from './hello-values.ts'
import { tlsPair } from './record-pair.ts'
import { identity } from './test-certificates.ts'

const rsa = identity('rsa')

function remarks(said: readonly MessageValue[], records: readonly TlsRecord[] = [], lengths: readonly number[] = []) {
  const progress = new Progress()
  const messages = said.map(value => {
    const direction = /client/.test(value.name) ? 'to-server' : 'to-client'
    progress.see(value, direction)
    return { direction, name: value.name, value, records: [0] } as unknown as HandshakeMessage
  })
  const told = {
    records,
    messages,
    outcome: 'failed' as const,
    negotiated: negotiatedFrom(messages, progress),
    serverCertificates: [],
    clientCertificates: [],
    keys: [],
    problems: [],
    holes: [],
  }
  return new Map(remarksOn(told, progress, lengths).map(({ code, message }) => [code, message]))
}
const ask = (more = {}): MessageValue => ({ name: 'client_hello', hello: clientHello(more) })
const answer = (more = {}): MessageValue => ({ name: 'server_hello', hello: serverHello(more) })
const tls13 = { selectedVersion: 0x0304 }

test('False Start is told when the client speaks before the server has finished, and only then', async () => {
  const { capture } = await tlsPair({ server: { ...rsa, maxVersion: 'TLSv1.2' } }).connect()
  const sound = dissect(capture)
  assert.ok(!codesOf(sound).includes('false-start'))
  const data = sound.records.find(record => record.type === 23 && record.direction === 'to-server')!
  const changed = sound.messages.find(m => m.name === 'change_cipher_spec' && m.direction === 'to-client')!
  const late = withChunks(
    capture,
    'to-client',
    capture.chunks['to-client'].map(chunk => (chunk.at < changed.at ? chunk : { ...chunk, at: data.at + chunk.at })),
  )
  const handshake = dissect(late)
  assertSound(handshake)
  assert.ok(codesOf(handshake).includes('false-start'))
})

test('the sentinel of RFC 8446 4.1.3 counts below TLS 1.3, and alarms when the client offered it', () => {
  const random = Buffer.concat([Buffer.alloc(24), Buffer.from('DOWNGRD\x01')])
  const offered = remarks([ask({ supportedVersions: [0x0304, 0x0303] }), answer({ random })])
  assert.match(offered.get('downgrade-sentinel') ?? '', /TLS 1\.3, and TLS 1\.2 was negotiated.*must abort/)
  assert.equal(remarks([ask(), answer({ random, ...tls13 })]).get('downgrade-sentinel'), undefined)
  assert.equal(remarks([ask(), answer()]).get('downgrade-sentinel'), undefined)
  const old = Buffer.concat([Buffer.alloc(24), Buffer.from('DOWNGRD\x00')])
  assert.match(
    remarks([ask(), answer({ random: old, legacyVersion: 0x0302 })]).get('downgrade-sentinel') ?? '',
    /TLS 1\.2, and TLS 1\.1/,
  )
})

test('a retry says what it wants: a group, its cookie, or neither', () => {
  const retry = (more = {}): MessageValue => ({
    name: 'hello_retry_request',
    hello: serverHello({ ...tls13, ...more }),
  })
  const cookie = [{ type: 44, data: new Uint8Array(2), start: 0 }]
  const both = remarks([ask({ keyShares: [] }), retry({ selectedGroup: 24, extensions: cookie })])
  assert.match(
    both.get('hello-retry-request') ?? '',
    /share for secp384r1; it wants its cookie back.*had sent no share/,
  )
  assert.match(remarks([ask(), retry()]).get('hello-retry-request') ?? '', /names no reason/)
})

test('record splitting is told for TLS 1.0 alone', () => {
  const record = { type: 23, direction: 'to-server' } as TlsRecord
  const old = [ask(), answer({ legacyVersion: 0x0301 })]
  assert.match(remarks(old, [record], [1]).get('record-splitting') ?? '', /1\/n-1/)
  assert.match(remarks(old, [record], [0]).get('record-splitting') ?? '', /^An empty record/)
  assert.equal(remarks(old, [record], [2]).get('record-splitting'), undefined)
  assert.equal(remarks([ask(), answer()], [record], [1]).get('record-splitting'), undefined)
})

test('an abort names the side, the alert and the last message of the other side', () => {
  const alert: MessageValue = { name: 'alert', alert: { level: 2, description: 40 } }
  assert.equal(
    remarks([ask(), alert]).get('server-aborted'),
    'The server ended the handshake with handshake_failure after client_hello from the client.',
  )
  assert.match(remarks([alert]).get('server-aborted') ?? '', /before the client said anything/)
})

test('what a hello leaves out is told: server name, ALPN, extended master secret', () => {
  const bare = remarks([ask(), answer()])
  for (const code of ['no-server-name', 'no-alpn', 'no-extended-master-secret']) assert.ok(bare.has(code), code)
  const full = remarks([
    ask({ serverName: 'a.example', alpn: ['h2'] }),
    answer({ alpn: 'h2', extensions: [{ type: 23, data: new Uint8Array(0), start: 0 }] }),
  ])
  assert.deepEqual([...full.keys()], [])
  assert.ok(remarks([ask({ alpn: ['h2'] }), answer()]).has('alpn-ignored'))
  assert.ok(remarks([ask(), answer({ compressionMethod: 1 })]).has('compression'))
})

test('a PSK that the server does not take is told', () => {
  const psk = { identities: [Buffer.alloc(4)], binders: [Buffer.alloc(32)] }
  assert.match(remarks([ask({ psk }), answer(tls13)]).get('resumption-refused') ?? '', /1 pre-shared key and/)
  assert.ok(remarks([ask({ psk }), answer({ ...tls13, selectedPsk: 0 })]).has('resumption'))
})
