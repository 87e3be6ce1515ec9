import assert from 'node:assert/strict'
import { test } from 'node:test'
import { helloCutOff, internalProblem, lateProblem, orOfParley } from '../../../src/proxy/tunnel/problems.ts'

const coded = (code: string): Error => Object.assign(new Error('it broke'), { code })

test('a fault of Parley is told as one, with what to do', () => {
  const { code, blame, message, remedy } = internalProblem(new Error('no such thing'))
  assert.deepEqual([code, blame], ['proxy/internal', 'parley'])
  assert.match(message, /no such thing/)
  assert.match(remedy!, /capture file/)
})

test('a hello that ends early is the client’s, whether it closed or fell silent', () => {
  const gone = helloCutOff({ kind: 'gone', bytes: 17 })
  assert.deepEqual([gone.code, gone.blame], ['tls/client-closed-in-hello', 'client'])
  assert.match(gone.message, /17 bytes of a ClientHello and closed$/)
  assert.equal(helloCutOff({ kind: 'silent', bytes: 17 }).code, 'tls/hello-timeout')
})

test('a session that the server ends without an answer is told by its alert, or as no answer', () => {
  const alert = lateProblem(coded('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'))
  assert.deepEqual([alert.code, alert.blame], ['tls/client-certificate-required', 'client'])
  const reset = lateProblem(coded('ECONNRESET'))
  assert.deepEqual([reset.code, reset.blame], ['http/no-answer', 'server'])
  assert.match(reset.message, /ECONNRESET/)
})

test('what Parley cannot answer as the server did is Parley’s fault, and what the client refused is not', () => {
  const told = { code: 'tls/no-common-signature-algorithm', blame: 'client', message: 'none fits' } as const
  assert.deepEqual([orOfParley(told, []).code, orOfParley(told, []).blame], [told.code, 'parley'])
  const gap = (kind: string) => [{ kind, id: 1, reason: 'unknown' }]
  assert.equal(orOfParley(told, gap('extension')).blame, 'parley')
  assert.equal(orOfParley(told, gap('signatureAlgorithm')), told, 'the server did not see the whole offer')
  assert.equal(orOfParley(told, undefined), told, 'the server saw an offer of Parley’s own')
  const rejected = { code: 'tls/client-rejected-leaf', blame: 'client', message: 'no' } as const
  assert.equal(orOfParley(rejected, []), rejected)
})
