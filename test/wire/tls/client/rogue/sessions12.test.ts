import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Session } from '../../../../../src/wire/tls/client/tls-client.ts'
import { message, type Offer, type Part, u8, u24, vector16 } from '../offer.ts'
import { type Case, encounter, refuses } from './encounter.ts'
import { empty, type } from './server.ts'
import { Server12, suite } from './server12.ts'

const offer: Offer = { suites: Object.values(suite), groups: [23], versions: [0x0303] }
const id = Buffer.alloc(32, 7)
const secure: Part = [0xff01, u8(0)]
const extended: Part = [23, empty]
const ticket: Part = [35, empty]
const first = given()

function given(): { readonly session: Session; readonly master: Buffer } {
  const sessions: Session[] = []
  const server = new Server12()
  const act = (s: Server12): void => {
    s.serverHello({ sessionId: id })
    s.certificate()
    s.keyExchange()
    s.done()
    s.change()
    s.finished()
  }
  encounter(server, act, { offer, client: { resumable: session => sessions.push(session) } })
  return { session: sessions[0]!, master: server.master! }
}

const again = { offer, client: { session: first.session } }
const make = (): Server12 => {
  const server = new Server12()
  server.master = first.master
  return server
}
const resumed = (server: Server12, extensions: readonly Part[] = [extended, secure]): void => {
  server.serverHello({ sessionId: server.client.sessionId, extensions })
  server.expandKeys()
}

test('a session id resumes', () => {
  const server = make()
  const act = (s: Server12): void => {
    resumed(s)
    s.change()
    s.finished()
    s.send(23, Buffer.from('data'))
  }
  const { error, secured, client, data } = encounter(server, act, again)
  assert.deepEqual([error, secured, server.clientFinished, client.resumed], [undefined, true, true, true])
  assert.equal(data.toString(), 'data')
})

const row = (what: string, alerts: Case<Server12>[1], act: (server: Server12) => unknown): Case<Server12> => [
  `TLS 1.2: a resumption ${what}`,
  alerts,
  act,
]

refuses(make, again, [
  row(
    'with another suite',
    47,
    s => s.serverHello({ sessionId: s.client.sessionId, suite: suite.ecdheRsa }) ?? s.change(),
  ),
  row('with another version', [47, 70], s => s.serverHello({ sessionId: s.client.sessionId, version: 0x0302 })),
  row('without extended_master_secret', 40, s => [resumed(s, [secure]), s.change()]),
  row('with a Certificate', 10, s => [resumed(s), s.certificate()]),
  row('with a ServerHelloDone', 10, s => [resumed(s), s.done()]),
  row('with a Finished in clear', 10, s => [resumed(s), s.finished()]),
  row('with a wrong Finished', 51, s => [resumed(s), s.change(), s.finished(Buffer.alloc(12))]),
  row('with data before the Finished', 10, s => [resumed(s), s.change(), s.send(23, u8(1))]),
  row('with a ticket that was not announced', 10, s => [
    resumed(s),
    s.say(message(type.newSessionTicket, u8(0), u24(9), vector16(u8(1)))),
  ]),
  row('with a ticket that does not come', 10, s => [resumed(s, [extended, secure, ticket]), s.change(), s.finished()]),
  row('by another master secret', 20, s => {
    s.master = Buffer.alloc(48, 1)
    resumed(s)
    s.change()
    s.finished()
  }),
])

test('TLS 1.2: a session is dropped where the server does not take it', () => {
  const server = make()
  const { error, secured, client } = encounter(server, s => s.handshake(), again)
  assert.deepEqual([error, secured, client.resumed], [undefined, true, false])
})
