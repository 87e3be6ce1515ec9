import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Session } from '../../../../../src/wire/tls/client/tls-client.ts'
import { type Offer, type Part, preSharedKey, u8, u16, u32, vector8, vector16 } from '../offer.ts'
import { type Case, encounter, refuses } from './encounter.ts'
import { empty, type } from './server.ts'
import { Server13 } from './server13.ts'

/** 0-RTT as RFC 8446 4.2.10 has it: offered where client and ticket allow it, and none is ever sent. */
const earlyData: Part = [42, empty]
const selected: Part = [41, u16(0)]
const alpn: Part = [16, vector16(vector8(Buffer.from('h2')))]
const offer: Offer = { suites: [0x1301, 0x1303], groups: [29, 23], alpn: ['h2', 'http/1.1'] }
const first = given()

function given(): { readonly session: Session; readonly psk: Buffer } {
  const sessions: Session[] = []
  const server = new Server13()
  const act = (s: Server13): void => {
    s.serverHello()
    s.encryptedExtensions([alpn])
    s.certificate()
    s.certificateVerify()
    s.finished()
    s.ticket(7200, Buffer.from('ticket'), [[42, u32(16_384)]])
  }
  encounter(server, act, { offer, client: { resumable: session => sessions.push(session) } })
  return { session: sessions[0]!, psk: server.resumption }
}

const again = { offer: { ...offer, and: [earlyData, preSharedKey] }, client: { session: first.session } }
const make = (): Server13 => {
  const server = new Server13()
  server.psk = first.psk
  return server
}

test('a server that takes early data hears that none comes', () => {
  const server = make()
  const act = (s: Server13): void => {
    assert.ok(s.client.extensions.has(42))
    s.serverHello({}, [selected])
    s.readEarly()
    s.encryptedExtensions([alpn, earlyData])
    s.finished()
  }
  const { error, secured, client } = encounter(server, act, again)
  assert.deepEqual([error, secured, server.clientFinished, client.resumed], [undefined, true, true, true])
  assert.ok(server.heard.some(({ content }) => content[0] === type.endOfEarlyData))
  assert.ok(!server.heard.some(({ type }) => type === 23))
})

test('a server that does not take early data hears nothing of it', () => {
  for (const retries of [false, true]) {
    const server = make()
    const act = (s: Server13): void => {
      if (retries) s.retry()
      assert.equal(s.client.extensions.has(42), !retries)
      s.serverHello({}, [selected])
      s.encryptedExtensions([alpn])
      s.finished()
    }
    const { error, secured } = encounter(server, act, again)
    assert.deepEqual([error, secured, server.clientFinished], [undefined, true, true])
    assert.ok(!server.heard.some(({ content }) => content[0] === type.endOfEarlyData))
  }
})

const accepted = (what: string, alerts: Case<Server13>[1], act: (server: Server13) => unknown): Case<Server13> => [
  `early data taken ${what}`,
  alerts,
  act,
]

refuses(make, again, [
  accepted('without its session', 47, s => {
    s.psk = undefined
    s.serverHello()
    s.encryptedExtensions([alpn, earlyData])
  }),
  accepted('for another protocol', 47, s => {
    s.serverHello({}, [selected])
    s.readEarly()
    s.encryptedExtensions([[16, vector16(vector8(Buffer.from('http/1.1')))], earlyData])
  }),
  accepted('for no protocol', 47, s => {
    s.serverHello({}, [selected])
    s.readEarly()
    s.encryptedExtensions([earlyData])
  }),
  accepted('behind a HelloRetryRequest', 110, s => {
    s.retry()
    s.serverHello({}, [selected])
    s.encryptedExtensions([alpn, earlyData])
  }),
  accepted('with a body', 50, s => {
    s.serverHello({}, [selected])
    s.encryptedExtensions([alpn, [42, u8(0)]])
  }),
])
