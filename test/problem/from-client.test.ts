import assert from 'node:assert/strict'
import { test } from 'node:test'
import { helloCutOff, orOfParley } from '../../src/problem/from-client.ts'
import { problemOf } from '../../src/problem/problem.ts'

test('a hello that ends early is the client’s, whether it closed or fell silent', () => {
  const gone = helloCutOff('gone', 17)
  assert.deepEqual([gone.code, gone.blame], ['tls/client-closed-in-hello', 'client'])
  assert.match(gone.message, /a whole ClientHello: 17 bytes of it came$/)
  assert.equal(helloCutOff('silent', 17).code, 'tls/hello-timeout')
})

test('what Parley cannot answer as the server did is Parley’s fault, and what the client refused is not', () => {
  const told = problemOf('tls/no-common-signature-algorithm', { blame: 'client' })
  assert.deepEqual([orOfParley(told, []).code, orOfParley(told, []).blame], [told.code, 'parley'])
  const gap = (kind: string) => [{ kind, id: 1, reason: 'unknown' }]
  assert.equal(orOfParley(told, gap('extension')).blame, 'parley')
  assert.equal(orOfParley(told, gap('signatureAlgorithm')), told, 'the server did not see the whole offer')
  assert.equal(orOfParley(told, undefined), told, 'the server saw an offer of Parley’s own')
  const rejected = problemOf('tls/client-rejected-leaf')
  assert.equal(orOfParley(rejected, []), rejected)
})
