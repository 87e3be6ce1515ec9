import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Connection } from '../../src/model/connection.ts'
import type { ConnectionEvent } from '../../src/model/connection-event.ts'
import { foldConnection, newConnection } from '../../src/model/fold-connection.ts'
import { deepFreeze } from './freeze.ts'

const local = { address: '127.0.0.1', port: 8080 }
const remote = { address: '127.0.0.1', port: 50_000 }
const agreed = { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', alpn: 'h2', resumed: false }
const problem = { code: 'tls/closed-by-server', blame: 'server', message: 'closed' } as const
const bytes = { toServer: 5, toClient: 7 }

/** One event of each type, as a record so that a new type is a compile error here. */
const samples: { readonly [type in ConnectionEvent['type']]: ConnectionEvent & { readonly type: type } } = {
  opened: { type: 'opened', at: 1, local, remote },
  targeted: { type: 'targeted', entrance: 'connect', target: { host: 'a.example', port: 443 } },
  'tls-started': { type: 'tls-started', leg: 'client', toServer: 40, toClient: 39 },
  'hello-seen': { type: 'hello-seen', serverName: 'a.example' },
  treated: { type: 'treated', treatment: 'observe' },
  'looked-up': { type: 'looked-up', name: 'a', addresses: ['::1'], startedAt: 2, endedAt: 3, literal: false },
  'services-known': { type: 'services-known', services: [{ priority: 1, target: '', alpn: ['h3'] }] },
  dialled: { type: 'dialled', at: 4, remote },
  routed: { type: 'routed', via: { scheme: 'http', host: 'p', port: 3128 } },
  connected: { type: 'connected', at: 5, local, remote },
  tunnelled: { type: 'tunnelled', at: 5.5 },
  'choice-mirrored': { type: 'choice-mirrored', gaps: [] },
  'openssl-spoke': { type: 'openssl-spoke', why: 'cipher rc4-128' },
  mirrored: { type: 'mirrored', gaps: [{ kind: 'extension', id: 17513, reason: 'unknown' }] },
  recalled: { type: 'recalled', earlier: 1 },
  probed: { type: 'probed', probe: 1 },
  spoilt: { type: 'spoilt', leg: 'client' },
  secured: { type: 'secured', leg: 'upstream', at: 6, agreed },
  'protocol-known': { type: 'protocol-known', protocol: 'h2' },
  failed: { type: 'failed', problem },
  tolerated: { type: 'tolerated', problem: { ...problem, code: 'tls/certificate-expired' } },
  'leg-closed': { type: 'leg-closed', leg: 'client', closed: { at: 8, by: 'client', how: 'fin' }, bytes },
  closed: { type: 'closed', at: 9 },
}
const all = Object.values(samples)
const foldAll = (events: readonly ConnectionEvent[], start = newConnection(3)): Connection =>
  events.reduce(foldConnection, start)

test('the events of a whole connection leave every field filled', () => {
  assert.deepEqual(foldAll(all), {
    id: 3,
    openedAt: 1,
    entrance: 'connect',
    target: { host: 'a.example', port: 443 },
    serverName: 'a.example',
    treatment: 'observe',
    protocol: 'h2',
    client: {
      local,
      remote,
      connectedAt: 1,
      tlsStartsAt: { toServer: 40, toClient: 39 },
      closed: { at: 8, by: 'client', how: 'fin' },
      choiceGaps: [],
      bytes,
    },
    upstream: {
      lookup: { name: 'a', addresses: ['::1'], startedAt: 2, endedAt: 3, literal: false },
      services: [{ priority: 1, target: '', alpn: ['h3'] }],
      dialledAt: 4,
      via: { scheme: 'http', host: 'p', port: 3128 },
      connectedAt: 5,
      tunnelledAt: 5.5,
      openssl: 'cipher rc4-128',
      local,
      remote,
      mirrorGaps: [{ kind: 'extension', id: 17513, reason: 'unknown' }],
      secureAt: 6,
      agreed,
    },
    problems: [problem],
    tolerated: { ...problem, code: 'tls/certificate-expired' },
    closed: { at: 9 },
  })
})

test('no event changes the connection it is folded into, whatever came before', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...all), { maxLength: 20 }), fc.constantFrom(...all), (before, event) => {
      const connection = deepFreeze(foldAll(before))
      const shown = JSON.stringify(connection)
      foldConnection(connection, deepFreeze(event)) // throws where it writes into what is frozen
      assert.equal(JSON.stringify(connection), shown)
    }),
  )
})

test('a dial after a dial is an upstream leg of its own, which is not closed because the one before is', () => {
  const before = foldAll([...all, { ...samples['leg-closed'], leg: 'upstream' }])
  assert.deepEqual(Object.keys(foldConnection(before, samples['looked-up']).upstream!), ['lookup'])
})

test('what an event does not name stays the same object', () => {
  const connection = foldAll(all)
  const after = foldConnection(connection, { type: 'protocol-known', protocol: 'http/1.1' })
  assert.equal(after.client, connection.client)
  assert.equal(after.upstream, connection.upstream)
  assert.equal(after.problems, connection.problems)
})

test('problems gather in the order in which they happened, each once', () => {
  const codes = ['a/one', 'b/two', 'a/one']
  const events = codes.map(code => ({ type: 'failed', problem: { ...problem, code } }) as const)
  assert.deepEqual(
    foldAll(events).problems.map(({ code }) => code),
    ['a/one', 'b/two'],
  )
})

test('a hello without a name leaves no serverName, not an undefined one', () => {
  assert.equal('serverName' in foldConnection(newConnection(1), { type: 'hello-seen' }), false)
})

test('a connection that was only accepted has no upstream leg', () => {
  assert.equal('upstream' in foldConnection(newConnection(1), samples.opened), false)
})

test('a sniffed connection has one link, seen from outside', () => {
  const sniffed = foldConnection(newConnection(1), { ...samples.opened, sniffed: true })
  assert.equal(sniffed.sniffed, true)
  assert.equal('sniffed' in foldConnection(newConnection(1), samples.opened), false)
})

test('one that came inside another knows which', () => {
  assert.equal(foldConnection(newConnection(2), { ...samples.opened, within: 1 }).within, 1)
  assert.equal('within' in foldConnection(newConnection(2), samples.opened), false)
})
