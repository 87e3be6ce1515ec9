import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import type { LegName } from '../../src/model/party.ts'
import { closedProblem, tlsProblem } from '../../src/problem/from-openssl.ts'
import { alertDescriptions } from '../../src/wire/tls/registry/alerts.ts'

const error = (code: string): NodeJS.ErrnoException => Object.assign(new Error('told by OpenSSL'), { code })
const at = 0
const legs = ['client', 'upstream'] as const
const peerOf = (leg: LegName): string => (leg === 'client' ? 'client' : 'server')

type Row = readonly [leg: LegName, nodeCode: string, code: string, blame: string]
const rows: readonly Row[] = [
  ['client', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'tls/client-rejected-leaf', 'client'],
  ['client', 'ERR_SSL_SSL/TLS_ALERT_UNKNOWN_CA', 'tls/client-rejected-leaf', 'client'],
  ['client', 'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', 'tls/client-rejected-leaf', 'client'],
  ['client', 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN', 'tls/client-rejected-leaf', 'client'],
  ['client', 'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', 'tls/client-rejected-leaf', 'client'],
  ['client', 'ERR_SSL_NO_SHARED_CIPHER', 'tls/no-common-suite', 'client'],
  ['client', 'ERR_SSL_UNSUPPORTED_PROTOCOL', 'tls/no-common-version', 'client'],
  ['client', 'ERR_SSL_HTTP_REQUEST', 'tls/http-on-tls-port', 'client'],
  ['upstream', 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'tls/no-common-suite', 'server'],
  ['upstream', 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tls/no-common-suite', 'server'],
  ['upstream', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls/no-common-version', 'server'],
  ['upstream', 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME', 'tls/unrecognized-name', 'server'],
  ['upstream', 'ERR_SSL_TLSV1_ALERT_UNRECOGNIZED_NAME', 'tls/unrecognized-name', 'server'],
  ['upstream', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls/client-certificate-required', 'client'],
  ['upstream', 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', 'tls/no-common-alpn', 'server'],
  ['upstream', 'ERR_SSL_SSL/TLS_ALERT_BAD_RECORD_MAC', 'tls/bad-record', 'server'],
  ['client', 'ERR_SSL_SSL/TLS_ALERT_BAD_RECORD_MAC', 'tls/bad-record', 'client'],
  ['upstream', 'ERR_SSL_CIPHER_OPERATION_FAILED', 'tls/bad-record', 'server'],
  ['client', 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', 'tls/bad-record', 'client'],
  ['upstream', 'ERR_SSL_SSL/TLS_ALERT_DECRYPT_ERROR', 'tls/server-rejected-hello', 'server'],
  ['upstream', 'ERR_SSL_DIGEST_CHECK_FAILED', 'tls/bad-finished', 'server'],
  ['upstream', 'ERR_SSL_WRONG_VERSION_NUMBER', 'tls/not-tls', 'server'],
  ['upstream', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'tls/not-tls', 'server'],
  ['upstream', 'ERR_SSL_TLSV1_ALERT_SOMETHING_NEW', 'tls/refused-by-server', 'server'],
  ['client', 'ERR_SSL_TLSV1_ALERT_SOMETHING_NEW', 'tls/refused-by-client', 'client'],
  ['upstream', 'ERR_SSL_SOMETHING_NEW', 'tls/server-failed', 'server'],
  ['client', 'ETIMEDOUT', 'tls/handshake-timeout', 'client'],
  ['upstream', 'ETIMEDOUT', 'tls/handshake-timeout', 'server'],
]
for (const [leg, nodeCode, code, blame] of rows) {
  test(`${nodeCode} on the ${leg} leg is ${code}, and the ${blame} is to blame`, () => {
    const problem = tlsProblem(leg, error(nodeCode))
    assert.deepEqual([problem.code, problem.blame], [code, blame])
  })
}

test('a connection that went is closed or reset, by how the socket ended', () => {
  for (const leg of legs) {
    const by = peerOf(leg) as 'client' | 'server'
    for (const code of ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNABORTED']) {
      assert.equal(tlsProblem(leg, error(code), { closed: { at, by, how: 'fin' } }).code, `tls/closed-by-${by}`)
      assert.equal(tlsProblem(leg, error(code), { closed: { at, by, how: 'reset' } }).code, `tls/reset-by-${by}`)
    }
  }
})

test('a server that went before its hello is not said to dislike the offer', () => {
  const { message, remedy } = closedProblem('server', { at, by: 'server', how: 'fin' }, true)
  assert.match(
    message,
    /^the server closed the connection before the handshake was done: it had seen no ClientHello yet$/,
  )
  assert.match(remedy ?? '', /the offer is not why/)
})

const ofOthers = new Map([
  ['tls/client-certificate-required', 'client'],
  ['tls/client-certificate-refused', 'parley'],
  ['tls/inappropriate-fallback', 'client'],
])

test('every reason in the table is told for the leg on which it happened, in a sentence without a stop', () => {
  const text = readFileSync(new URL('../../src/problem/from-openssl.ts', import.meta.url), 'utf8')
  const own = [...text.matchAll(/^ {2,4}([A-Z][A-Z_]+): /gm)].map(([, reason]) => reason!)
  assert.ok(own.length > 20, `only ${own.length} reasons found`)
  const reasons = [...own, ...Object.values(alertDescriptions).map(name => String(name).toUpperCase())]
  for (const reason of reasons) {
    for (const leg of legs) {
      for (const nodeCode of [`ERR_SSL_${reason}`, `ERR_SSL_SSL/TLS_ALERT_${reason}`]) {
        const problem = tlsProblem(leg, error(nodeCode))
        assert.match(problem.code, /^tls\/[a-z0-9-]+$/, nodeCode)
        // of the client's words and its certificate, which Parley may have shown, a server tells of somebody else
        const blame = ofOthers.get(problem.code) ?? peerOf(leg)
        assert.equal(problem.blame, blame, nodeCode)
        assert.match(problem.message, /^[a-zA-Z].*[^.]$/s, nodeCode)
      }
    }
  }
})

test('no key stands twice in the tables of one leg', () => {
  const text = readFileSync(new URL('../../src/problem/from-openssl.ts', import.meta.url), 'utf8')
  for (const table of text.split(/^(?:const |\s{2}(?:client|upstream): \{)/m)) {
    const keys = [...table.matchAll(/^\s{2,4}([A-Z][A-Z_]+): /gm)].map(([, key]) => key)
    assert.equal(new Set(keys).size, keys.length, table.slice(0, 40))
  }
})

test('no error makes it throw or leaves the blame open', () => {
  fc.assert(
    fc.property(fc.constantFrom(...legs), fc.option(fc.string()), (leg, code) => {
      const problem = tlsProblem(leg, code === null ? new Error('x') : error(code))
      assert.equal(problem.blame, peerOf(leg))
      assert.ok(problem.code.startsWith('tls/'))
    }),
  )
})

test('a code that an object inherits is not found in the tables', () => {
  for (const code of ['constructor', 'toString', '__proto__', 'ERR_SSL_constructor'])
    assert.match(tlsProblem('client', error(code)).code, /^tls\/client-failed$/, code)
})

test('what Parley itself ended is nobody else’s doing', () => {
  for (const leg of ['client', 'upstream'] as const) {
    const gone = Object.assign(new Error('closed'), { code: 'ERR_STREAM_PREMATURE_CLOSE' })
    const { code, blame } = tlsProblem(leg, gone, { closed: { at: 1, by: 'parley', how: 'fin' } })
    assert.deepEqual([code, blame], ['proxy/ended', 'parley'])
  }
})
