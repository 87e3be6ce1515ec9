import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sessionOf, withTicket } from '../../../../../src/wire/tls/client/tls12/session.ts'
import { stateOf } from '../state-of.ts'

const now = 1_700_000_000_000
const master = Buffer.alloc(48, 1)
const client = () => {
  const state = stateOf({ versions: [0x0303] }, { now: () => now })
  state.agreed.chain = { certificates: [Buffer.of(1)], rawKey: false }
  state.agreed.cipherSuite = 0xc02f
  return state
}
const hello = (sessionId: Buffer) => ({ sessionId }) as never
const ticket = (bytes: string, lifetime = 0) => ({ ticket: Buffer.from(bytes), lifetime })

test('a ticket comes before a session id; without both there is nothing to resume', () => {
  const id = Buffer.alloc(32, 2)
  const byTicket = sessionOf(client(), master, hello(id), ticket('ticket', 60))!
  assert.deepEqual([String(byTicket.ticket), byTicket.sessionId, byTicket.lifetime], ['ticket', undefined, 60])
  assert.deepEqual(sessionOf(client(), master, hello(id), ticket(''))?.sessionId, id)
  assert.deepEqual(sessionOf(client(), master, hello(id), undefined)?.sessionId, id)
  assert.equal(sessionOf(client(), master, hello(Buffer.alloc(0)), ticket('')), undefined)
})

test('no ticket lasts more than a week, whatever the server says', () => {
  const session = sessionOf(client(), master, hello(Buffer.alloc(0)), ticket('ticket', 0xffff_ffff))
  assert.equal(session?.lifetime, 7 * 86_400)
})

test('a ticket without a hint lasts a day, and has bytes of its own', () => {
  const session = sessionOf(client(), master, hello(Buffer.of(1)), undefined)!
  const given = ticket('ticket')
  const renewed = withTicket(session, given, now + 5)
  given.ticket.fill(0)
  assert.deepEqual([String(renewed.ticket), renewed.lifetime, renewed.receivedAt], ['ticket', 86_400, now + 5])
})
