import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timingRows } from '../../../src/compare/rows/timing-rows.ts'
import { helloOf, makeConnection, makeHandshake, makeHello, openedAt } from '../make.ts'

test('each phase lasts from its own beginning', () => {
  const lookup = {
    name: 'a.example',
    addresses: ['192.0.2.1'],
    startedAt: openedAt,
    endedAt: openedAt + 12.1,
    literal: false,
  }
  const connection = makeConnection({
    client: { secureAt: openedAt + 40, bytes: { toServer: 10, toClient: 20 } },
    upstream: { lookup, dialledAt: openedAt + 13, connectedAt: openedAt + 25, secureAt: openedAt + 37 },
  })
  const hello = helloOf(makeHello())
  const rows = timingRows({
    connection,
    client: makeHandshake([hello]),
    upstream: makeHandshake([[hello[0], hello[1], 26]]),
  })
  assert.deepEqual(
    rows.map(({ aspect, client, upstream }) => [aspect, client, upstream]),
    [
      ['timing-dns', '—', '12.1 ms'],
      ['timing-tcp', '—', '12.0 ms'],
      ['timing-tls', '39.0 ms', '11.0 ms'],
      ['bytes', '10 to server, 20 to client', '—'],
    ],
  )
})

test('an address is not looked up, so there is no row for it', () => {
  const lookup = { name: '::1', addresses: ['::1'], startedAt: 1, endedAt: 1, literal: true }
  assert.deepEqual(timingRows({ connection: makeConnection({ upstream: { lookup } }) }), [])
})

test('why one leg carried more is told by what it carries', () => {
  const bytes = { toServer: 10, toClient: 20 }
  const upstream = { bytes: { toServer: 5, toClient: 20 } }
  for (const [over, why] of [
    [{ client: { secureAt: openedAt, bytes } }, /certificates/],
    [{ client: { bytes } }, /opened the tunnel/],
    [{ client: { bytes }, treatment: 'pass-through' }, /opened the tunnel/],
    [{ client: { bytes }, entrance: 'absolute-form' }, /new heads/],
    [{ client: { secureAt: openedAt, bytes }, treatment: 'rewrite' }, /certificates.* acts on what passes/],
    [{ client: { bytes }, treatment: 'rewrite' }, /opened the tunnel.* acts on what passes/],
  ] as const)
    assert.match(timingRows({ connection: makeConnection({ upstream, ...over }) }).at(-1)!.why!, why)
})

test('the way through another proxy has a row of its own', () => {
  const upstream = { dialledAt: openedAt, connectedAt: openedAt + 2, tunnelledAt: openedAt + 9 }
  const rows = timingRows({ connection: makeConnection({ upstream }) })
  assert.deepEqual(
    rows.map(({ aspect, upstream: time }) => [aspect, time]),
    [
      ['timing-tcp', '2.0 ms'],
      ['timing-tunnel', '7.0 ms'],
    ],
  )
})
