import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Session } from '../../../../../src/wire/tls/client/tls-client.ts'
import { encounter, refuses } from '../rogue/encounter.ts'
import { Server13 } from '../rogue/server13.ts'

const now = 1_800_000_000_000
const always = { offer: { suites: [0x1301], groups: [29] } }
const behind = (act: (server: Server13) => void) => (server: Server13) => {
  server.handshake()
  act(server)
}

test('a ticket is a session with the PSK that the server has', () => {
  const server = new Server13()
  const sessions: Session[] = []
  const act = behind(s => {
    s.ticket(7200, Buffer.from('first'))
    s.ticket(0, Buffer.from('not to be kept'))
    s.ticket(7 * 86_400, Buffer.from('second'), [[42, Buffer.of(0, 0, 1, 0)]])
  })
  const client = { now: () => now, resumable: (session: Session) => sessions.push(session) }
  encounter(server, act, { ...always, client })
  assert.deepEqual(
    sessions.map(({ ticket, lifetime, maxEarlyData }) => [String(ticket), lifetime, maxEarlyData]),
    [
      ['first', 7200, undefined],
      ['second', 604_800, 256],
    ],
  )
  const { secret, version, cipherSuite, receivedAt, scheme, chain } = sessions[0]!
  assert.deepEqual([version, cipherSuite, receivedAt, scheme], [0x0304, 0x1301, now, 0x0403])
  assert.deepEqual(Buffer.from(secret), server.resumption)
  assert.deepEqual(chain.certificates, [server.identity.certificate])
})

test('a ticket that takes much memory is not kept', () => {
  const sizes: unknown[] = []
  const act = behind(s => {
    s.ticket(7200, Buffer.alloc(65_000))
    s.ticket(7200, Buffer.alloc(65_300))
    s.ticket(7200, Buffer.alloc(65_000))
  })
  const client = { resumable: (session: Session) => sizes.push(session.ticket?.length) }
  const { error } = encounter(new Server13(), act, { ...always, client })
  assert.deepEqual([error, sizes], [undefined, [65_000, 65_000]])
})

refuses(
  () => new Server13(),
  always,
  [
    ['an empty ticket', 50, behind(s => s.ticket(60, Buffer.alloc(0)))],
    ['a ticket for more than a week', 47, behind(s => s.ticket(7 * 86_400 + 1))],
    [
      'a ticket that says twice how much early data it allows',
      47,
      behind(s =>
        s.ticket(60, undefined, [
          [42, Buffer.alloc(4)],
          [42, Buffer.alloc(4)],
        ]),
      ),
    ],
  ],
  true,
)
