import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { type LeafSpec, makeTestAuthority } from '../../../src/peers/certificates.ts'
import { explainLine } from '../../../src/view/handshake/explain-line.ts'
import { chainLines, chainProblems, hostOf, serverChain, showDays } from '../../../src/view/handshake/server-chain.ts'
import type { ChainReport } from '../../../src/wire/x509/chain.ts'
import { makeConnection, makeHandshake } from '../../compare/make.ts'

const host = 'a.example'
const authority = await makeTestAuthority()
const derOf = (pems: string): Buffer[] =>
  pems
    .split(/(?<=-----END CERTIFICATE-----\n)/)
    .filter(pem => pem.includes('BEGIN'))
    .map(pem => new X509Certificate(pem).raw)

function sent(certificates: readonly Uint8Array[], direction: 'to-client' | 'to-server' = 'to-client') {
  const made = makeHandshake([[direction, { name: 'certificate', certificate: { certificates } }]])
  const handshake = { ...made, messages: made.messages.map(message => ({ ...message, at: Date.now() })) }
  return serverChain(handshake, handshake.messages[0]!, host)
}
const judged = (spec: Partial<LeafSpec>): ChainReport => sent(derOf(authority.issue({ host, ...spec }).cert))!
const lines = (report: ChainReport): string[] =>
  chainLines(report).map(({ mark, name, shown }) => `${mark} ${name} ${shown}`)

test('a chain in order is told with its issuer, its host and its days', () => {
  assert.deepEqual(lines(judged({})), [
    '✓ chain a.example ← CN=Parley demo root (not sent), good for a.example, 19 days left',
  ])
  const [first] = lines(judged({ issuer: 'intermediate' }))
  assert.match(first!, /^✓ chain a\.example ← Parley demo intermediate ← CN=Parley demo root \(not sent\)/)
})

test('what clients refuse stands below, and beside the message', () => {
  for (const [spec, code] of [
    [{ validFrom: -9, validUntil: -2 }, 'expired'],
    [{ validFrom: 2 }, 'not-yet-valid'],
    [{ host: 'other.example' }, 'wrong-host'],
  ] as const) {
    const report = judged(spec)
    const [first, second] = lines(report)
    assert.match(first!, /^✗ chain /)
    assert.match(second!, new RegExp(`^✗ ${code} `))
    assert.match(chainProblems(report).join(), /^✗ /)
    assert.notDeepEqual(explainLine(`chain/${code}`), explainLine('chain/chain'))
  }
  assert.deepEqual(chainProblems(judged({})), [])
  const self = judged({ issuer: 'self' })
  assert.match(lines(self)[0]!, /^✓ chain /)
  assert.match(chainProblems(self).join(), /^! a\.example is signed by its own key .*; only clients that were told to/)
  assert.ok(explainLine('chain/self-signed'))
  assert.ok(explainLine('chain/chain'))
})

test('a root that is sent along is a note, which stands in the detail alone', () => {
  const report = sent([...derOf(authority.issue({ host }).cert), ...derOf(authority.caPem)])!
  assert.match(lines(report)[1]!, /^· extra-certificate /)
  assert.deepEqual(chainProblems(report), [])
})

test("a client's certificate, an empty message and bytes that are none", () => {
  assert.equal(sent(derOf(authority.issue({ host }).cert), 'to-server'), undefined)
  assert.equal(sent([]), undefined)
  assert.match(lines(sent([Buffer.from('no')])!).join(), /^✗ chain ,✗ malformed /)
})

test('the host is whom the client asked for; days are whole', () => {
  assert.equal(hostOf(makeConnection()), 'api.example.com')
  assert.equal(hostOf(makeConnection({ serverName: host })), host)
  assert.deepEqual([-1, 0, 1, 1234].map(showDays), ['expired', '0 days left', '1 day left', '1 234 days left'])
})
