import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tlsClientProblem } from '../../src/problem/from-tls-client.ts'
import { TlsError, type TlsErrorCode, UnsupportedError } from '../../src/wire/tls/client/tls-error.ts'

const problemOf = (...error: ConstructorParameters<typeof TlsError>) => tlsClientProblem(new TlsError(...error), {})

test('what the server said wrong is its own, with the sentence of the client', () => {
  const { code, blame, message } = problemOf(10, 'a second HelloRetryRequest')
  assert.deepEqual([code, blame], ['tls/unexpected-message', 'server'])
  assert.match(message, /a second HelloRetryRequest/)
  assert.equal(problemOf(47, 'compression').code, 'tls/illegal-message')
  assert.equal(problemOf(20, 'a record that cannot be opened').code, 'tls/bad-record')
  assert.equal(problemOf(70, 'version 302', 'too-old').code, 'tls/no-common-version')
  assert.equal(problemOf(71, 'a prime of 1024 bits', 'weak-dh').code, 'tls/weak-key')
  assert.equal(problemOf(70, 'no TLS', 'not-tls').code, 'tls/not-tls')
})

test('every code has its problem', () => {
  const told: Partial<Record<TlsErrorCode, string>> = {
    'unexpected-message': 'tls/unexpected-message',
    flood: 'tls/unexpected-message',
    'bad-record-mac': 'tls/bad-record',
    'record-overflow': 'tls/illegal-message',
    'not-tls': 'tls/not-tls',
    'protocol-version': 'tls/no-common-version',
    'too-old': 'tls/no-common-version',
    'handshake-failure': 'tls/illegal-message',
    'illegal-parameter': 'tls/illegal-message',
    'decode-error': 'tls/illegal-message',
    'missing-extension': 'tls/illegal-message',
    'unsupported-extension': 'tls/illegal-message',
    downgrade: 'tls/illegal-message',
    'decrypt-error': 'tls/bad-finished',
    'bad-signature': 'tls/bad-signature',
    'bad-certificate': 'tls/certificate-invalid',
    certificate: 'tls/certificate-invalid',
    'weak-dh': 'tls/weak-key',
    'weak-signature': 'tls/weak-digest',
    'insufficient-security': 'tls/weak-key',
    'internal-error': 'proxy/internal',
  }
  for (const [code, problem] of Object.entries(told))
    assert.equal(problemOf(51, 'why', code as TlsErrorCode).code, problem, code)
})

test('an alert of the server means what it means from OpenSSL', () => {
  assert.equal(problemOf(112, 'alert 112', 'alert-received').code, 'tls/unrecognized-name')
  const before = { asked: true, shown: true }
  const refused = tlsClientProblem(new TlsError(46, 'alert 46', 'alert-received'), before)
  assert.equal(refused.code, 'tls/client-certificate-refused')
})

test('a close in the midst is a close', () => {
  assert.equal(problemOf(0, 'the server closed', 'closed').code, 'tls/closed-by-server')
})

test('what this client does not speak is Parley’s own lack', () => {
  const { code, blame } = tlsClientProblem(new UnsupportedError('cipher rc4-128'), {})
  assert.deepEqual([code, blame], ['tls/not-followed', 'parley'])
})
