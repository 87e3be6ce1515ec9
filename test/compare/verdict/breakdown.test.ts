import assert from 'node:assert/strict'
import { test } from 'node:test'
import { breakdownOf } from '../../../src/compare/verdict/breakdown.ts'
import { judge } from '../../../src/compare/verdict/verdict.ts'
import type { Handshake } from '../../../src/wire/tls/handshake.ts'
import { alertOf, certificateOf, helloOf, makeConnection, makeHandshake, makeHello, modern } from '../make.ts'

const hello = helloOf(makeHello())
const whole = makeHandshake([hello], {}, modern)
const failed = (...said: Parameters<typeof makeHandshake>[0]): Handshake =>
  makeHandshake([hello, ...said], { outcome: 'failed' }, modern)
const verdictOf = (client: Handshake, upstream: Handshake, treatment: 'observe' | 'pass-through' = 'observe') => {
  const { agreed, sentence } = judge({ connection: makeConnection({ treatment }), client, upstream })
  return [agreed, sentence] as const
}

test('a handshake that broke off is no agreement, whoever broke it off', () => {
  const cases = [
    [whole, failed(alertOf('to-server', 47)), /then Parley aborted the handshake with illegal_parameter/],
    [whole, failed(alertOf('to-client', 20)), /the server aborted the handshake with bad_record_mac/],
    [whole, makeHandshake([hello], { outcome: 'pending' }, modern), /never finished/],
    [failed(alertOf('to-client', 50)), whole, /Parley aborted the client’s handshake with decode_error/],
  ] as const
  for (const [client, upstream, words] of cases) {
    const [agreed, sentence] = verdictOf(client, upstream)
    assert.equal(agreed, 'unknown', sentence)
    assert.match(sentence, words)
  }
})

test('a client that rejected the certificate of Parley would have agreed with the server', () => {
  const client = failed(certificateOf('to-client'), alertOf('to-server', 48))
  assert.equal(breakdownOf({ connection: makeConnection(), client, upstream: whole }), undefined)
  assert.equal(verdictOf(client, whole)[0], 'yes')
})

test('a session that is passed through and broke off did not agree', () => {
  const rejected = failed(certificateOf('to-client'), alertOf('to-server', 48))
  assert.deepEqual(verdictOf(rejected, rejected, 'pass-through'), [
    'no',
    'Passed through: one TLS session end to end, which the client aborted with unknown_ca.',
  ])
  const cut = makeHandshake([hello], { outcome: 'pending' }, modern)
  assert.equal(verdictOf(cut, cut, 'pass-through')[0], 'unknown')
  assert.equal(verdictOf(whole, whole, 'pass-through')[0], 'yes')
})

test('of a sniffed connection one link is known, and that is judged as the whole', () => {
  const { agreed, sentence } = judge({ connection: makeConnection({ sniffed: true }), client: whole })
  assert.deepEqual(
    [agreed, sentence],
    ['yes', 'Seen from outside: one TLS session end to end; client and server agreed by themselves.'],
  )
})
