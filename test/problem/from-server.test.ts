import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lateProblem, serverProblem, spokeFirst } from '../../src/problem/from-server.ts'
import type { Offer } from '../../src/wire/tls/narrow-offer.ts'

const coded = (code: string): NodeJS.ErrnoException => Object.assign(new Error('it broke'), { code })
const refused = coded('ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE')
const alert = 7 // bytes
const hello: Offer = {
  cipherSuites: [0x1301],
  supportedVersions: [0x0304],
  supportedGroups: [23],
  signatureAlgorithms: [0x0403, 0x0804],
}
const codeOf = (received: number, offer: Offer | undefined): string => serverProblem(refused, { received, offer }).code

test('handshake_failure in answer to a hello is about what the hello lacks', () => {
  assert.equal(codeOf(alert, hello), 'tls/no-common-suite')
  const groups = serverProblem(refused, { received: alert, offer: { ...hello, supportedGroups: [29] } })
  assert.deepEqual([groups.code, groups.blame], ['tls/no-common-group', 'server'])
  assert.match(groups.message, /lacks secp256r1/)
  assert.equal(codeOf(alert, { ...hello, signatureAlgorithms: [0x0403] }), 'tls/no-common-signature-algorithm')
})

test('nothing is made of a hello that is not known', () => {
  assert.equal(codeOf(alert, undefined), 'tls/no-common-suite')
})

test('a HelloRetryRequest before it is no certificate', () => {
  assert.equal(codeOf(112, hello), 'tls/no-common-suite')
})

test('after the server’s own messages an alert is about the client’s certificate where the server asked for one', () => {
  const told = (name: string, more: { asked?: boolean; hadCertificate?: boolean }) => {
    const { code, blame } = serverProblem(coded(`ERR_SSL_SSL/TLS_ALERT_${name}`), { received: 1500, ...more })
    return [code, blame]
  }
  for (const name of ['HANDSHAKE_FAILURE', 'BAD_CERTIFICATE', 'CERTIFICATE_UNKNOWN', 'ACCESS_DENIED']) {
    assert.deepEqual(told(name, { asked: true }), ['tls/client-certificate-required', 'client'], name)
    const shown = told(name, { asked: true, hadCertificate: true })
    assert.deepEqual(shown, ['tls/client-certificate-refused', 'parley'], name)
    assert.deepEqual(told(name, {}), ['tls/refused-by-server', 'server'], name)
  }
  assert.deepEqual(told('DECRYPT_ERROR', { hadCertificate: true }), ['tls/client-certificate-refused', 'parley'])
  assert.deepEqual(told('DECRYPT_ERROR', {}), ['tls/bad-finished', 'server'])
  assert.deepEqual(told('INSUFFICIENT_SECURITY', { asked: true }), ['tls/no-common-suite', 'server'])
})

test('decrypt_error in answer to a hello is about a binder in it', () => {
  const problem = serverProblem(coded('ERR_SSL_SSL/TLS_ALERT_DECRYPT_ERROR'), { received: alert, hadCertificate: true })
  assert.equal(problem.code, 'tls/server-rejected-hello')
})

test('other problems stay what they are', () => {
  const error = coded('ERR_SSL_SSL/TLS_ALERT_BAD_RECORD_MAC')
  assert.equal(serverProblem(error, { received: 1500, offer: hello }).code, 'tls/bad-record')
})

test('an error of OpenSSL’s before the server said anything is about Parley’s own hello', () => {
  const problem = serverProblem(coded('ERR_SSL_NO_CIPHERS_AVAILABLE'), { received: 0 })
  assert.deepEqual([problem.code, problem.blame], ['tls/server-failed', 'parley'])
  assert.match(problem.message, /no ClientHello of what the client offers \(no ciphers available\)$/)
  assert.match(problem.remedy ?? '', /--no-mirror/)
})

test('what is no TLS to OpenSSL is told by its first bytes', () => {
  const wrong = coded('ERR_SSL_WRONG_VERSION_NUMBER')
  const codeAfter = (first: string): string =>
    serverProblem(wrong, { received: first.length, first: Buffer.from(first, 'latin1') }).code
  assert.equal(codeAfter('HTTP/1.1 400 Bad Request'), 'tls/http-on-tls-port')
  assert.equal(codeAfter('\x16\x03\x03\0\x05'), 'tls/illegal-message')
  assert.equal(codeAfter('220 mail.example ready'), 'tls/not-tls')
  assert.equal(serverProblem(wrong, { received: 5 }).code, 'tls/not-tls')
})

test('a session that the server ends without an answer is told by its alert, or as no answer', () => {
  const alert = lateProblem(coded('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'))
  assert.deepEqual([alert.code, alert.blame], ['tls/client-certificate-required', 'client'])
  const refusal = lateProblem(coded('ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE'), true)
  assert.deepEqual([refusal.code, refusal.blame], ['tls/client-certificate-refused', 'parley'])
  const reset = lateProblem(coded('ECONNRESET'))
  assert.deepEqual([reset.code, reset.blame], ['http/no-answer', 'server'])
  assert.match(reset.message, /ECONNRESET/)
})

test('a server that speaks first is to blame, not the client that waited', () => {
  assert.deepEqual([spokeFirst.code, spokeFirst.blame], ['tls/not-tls', 'server'])
})

test('a warning before a close says why it closed, but for those that name no reason', () => {
  const closed = { at: 1, by: 'server', how: 'fin' } as const
  const codeAfter = (warning: number): string =>
    serverProblem(coded('ECONNRESET'), { received: 7, closed, warning, offer: hello }).code
  assert.equal(codeAfter(112), 'tls/unrecognized-name')
  assert.equal(codeAfter(40), 'tls/no-common-suite')
  assert.equal(codeAfter(0), 'tls/closed-by-server')
})
