import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shortLeg, tlsName, whyUnread } from '../../src/view/protocol-name.ts'

test('protocol and version are short, and TLS 1.0 keeps its nought', () => {
  assert.equal(shortLeg('http/1.1', 'TLSv1.3'), 'h1 1.3')
  assert.equal(shortLeg('http/1.0', 'TLSv1'), 'h1.0 1.0')
  assert.equal(shortLeg(undefined, 'TLSv1.2'), '1.2')
  assert.equal(shortLeg(), '')
})

test("Node's names of versions become those of the RFCs", () => {
  assert.deepEqual(['TLSv1', 'TLSv1.1', 'TLSv1.3', ''].map(tlsName), ['TLS 1.0', 'TLS 1.1', 'TLS 1.3', ''])
})

test('a connection without requests says why it is shown', () => {
  assert.deepEqual(['tls', 'opaque', 'h2', 'trust-check', 'toString'].map(whyUnread), [
    'passed through unread',
    'no HTTP in it',
    'no request in it',
    'asked whether this client trusts Parley: no',
    'no request in it',
  ])
})
