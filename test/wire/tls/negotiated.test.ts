import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HandshakeMessage } from '../../../src/wire/tls/handshake.ts'
import { negotiatedFrom } from '../../../src/wire/tls/negotiated.ts'
import { Progress } from '../../../src/wire/tls/progress.ts'
import type { MessageValue } from '../../../src/wire/tls/values.ts'
import { clientHello, serverHello } from './hello-values.ts'

type Said = readonly ['<' | '>', MessageValue]

function negotiated(...said: readonly Said[]) {
  const progress = new Progress()
  const messages = said.map(([way, value]) => {
    const direction = way === '>' ? 'to-server' : 'to-client'
    progress.see(value, direction)
    return { direction, name: value.name, value } as HandshakeMessage
  })
  return negotiatedFrom(messages, progress)
}
const ask = (more = {}): Said => ['>', { name: 'client_hello', hello: clientHello(more) }]
const answer = (more = {}): Said => ['<', { name: 'server_hello', hello: serverHello(more) }]
const encrypted = (earlyData: boolean): Said => [
  '<',
  { name: 'encrypted_extensions', extensions: { extensions: [], earlyData, alpn: 'h2' } },
]
const id = Buffer.alloc(32, 7)
const tls13 = { selectedVersion: 0x0304 }

test('nothing said is nothing negotiated', () => {
  assert.deepEqual(negotiated(), {
    resumption: 'none',
    earlyData: 'none',
    clientCertificate: 'none',
    ocspStapled: false,
  })
})

test('an echoed session id is a resumption below TLS 1.3 only', () => {
  assert.equal(negotiated(ask({ sessionId: id }), answer({ sessionId: id })).resumption, 'session-id')
  const ticket = { sessionId: id, sessionTicket: Buffer.alloc(9) }
  assert.equal(negotiated(ask(ticket), answer({ sessionId: id })).resumption, 'ticket')
  assert.equal(negotiated(ask({ sessionId: id }), answer({ sessionId: id, ...tls13 })).resumption, 'none')
  assert.equal(negotiated(ask({ sessionId: id }), answer({ sessionId: Buffer.alloc(32) })).resumption, 'none')
})

test('a ticket is taken without an echo when no certificate comes before change_cipher_spec', () => {
  const said = [ask({ sessionTicket: Buffer.alloc(9) }), answer()]
  assert.equal(negotiated(...said, ['<', { name: 'change_cipher_spec' }]).resumption, 'ticket')
})

test('early data is refused by silence in EncryptedExtensions, by a retry and by an older version', () => {
  const early = ask({ earlyData: true })
  assert.equal(negotiated(early, answer(tls13)).earlyData, 'none')
  assert.equal(negotiated(early, answer(tls13), encrypted(true)).earlyData, 'accepted')
  assert.equal(negotiated(early, answer(tls13), encrypted(false)).earlyData, 'rejected')
  assert.equal(negotiated(early, answer()).earlyData, 'rejected')
  const retry: Said = ['<', { name: 'hello_retry_request', hello: serverHello({ ...tls13, selectedGroup: 24 }) }]
  assert.equal(negotiated(early, retry).earlyData, 'rejected')
  assert.equal(negotiated(early, retry).group, 24)
})

test('an empty client certificate is requested, not sent', () => {
  const request: Said = ['<', { name: 'certificate_request', request: { signatureAlgorithms: [], authorities: [] } }]
  const certificate = (certificates: Uint8Array[]): Said => [
    '>',
    { name: 'certificate', certificate: { certificates } },
  ]
  assert.equal(negotiated(request, certificate([])).clientCertificate, 'requested')
  assert.equal(negotiated(request, certificate([id])).clientCertificate, 'sent')
  assert.equal(negotiated(['<', certificate([id])[1]]).clientCertificate, 'none')
})

test('the client’s CertificateVerify does not name the server’s algorithm', () => {
  const verify = (algorithm: number): MessageValue => ({
    name: 'certificate_verify',
    verify: { algorithm, signature: id },
  })
  const { signatureAlgorithm } = negotiated(ask(), answer(tls13), ['<', verify(0x0403)], ['>', verify(0x0804)])
  assert.equal(signatureAlgorithm, 0x0403)
})

test('a staple is told in TLS 1.3 and in TLS 1.2', () => {
  const certificate = { certificates: [id], ocspResponse: id }
  assert.equal(negotiated(['<', { name: 'certificate', certificate }]).ocspStapled, true)
  assert.equal(negotiated(['<', { name: 'certificate_status', responses: [id] }]).ocspStapled, true)
})
