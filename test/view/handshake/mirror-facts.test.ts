import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mirrorFacts } from '../../../src/view/handshake/mirror-facts.ts'
import { makeHello } from '../../compare/make.ts'

test('what is missing counts against what was sent, what only differs does not', () => {
  const gaps = [
    { kind: 'cipherSuite', id: 5, reason: 'not available' },
    { kind: 'extension', id: 10, reason: 'set by OpenSSL' },
    { kind: 'extension', id: 21, reason: 'padding' },
    { kind: 'constructor', id: 1, reason: 'odd' },
  ]
  assert.deepEqual(mirrorFacts(makeHello(), gaps), [
    'mirrored 3/4 suites, 6/7 extensions',
    '~ TLS_RSA_WITH_RC4_128_SHA: not available',
    '~ supported_groups: set by OpenSSL',
    '~ padding: padding',
    '~ constructor 1: odd',
  ])
})

test('a hello that was not mirrored is Parley’s own', () => {
  assert.match(mirrorFacts(makeHello(), undefined).join(), /not mirrored/)
})

test('a hello that OpenSSL said in the place of Parley’s own client says why', () => {
  const [why, count] = mirrorFacts(makeHello(), [], 'the server chose cipher rc4-128')
  assert.equal(why, 'OpenSSL’s hello: the server chose cipher rc4-128')
  assert.match(count ?? '', /^mirrored/)
})

test('gaps without end are counted', () => {
  const gaps = Array.from({ length: 1000 }, (_, id) => ({ kind: 'cipherSuite', id, reason: 'r' }))
  const facts = mirrorFacts(makeHello(), gaps)
  assert.ok(facts.length < 12)
  assert.equal(facts.at(-1), '~ 992 more')
})
