import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Session } from '../../../../../src/wire/tls/client/tls-client.ts'
import { type Offer, type Part, preSharedKey, u16, vector16 } from '../offer.ts'
import * as alert from './alerts.ts'
import { type Case, encounter, refuses } from './encounter.ts'
import { empty } from './server.ts'
import { Server13 } from './server13.ts'

const offer: Offer = { suites: [0x1301, 0x1303, 0x1302], groups: [29, 23] }
const selected: Part = [41, u16(0)]
const first = given()

/** What a client keeps of a handshake that gave it a ticket, and its PSK. */
function given(): { readonly session: Session; readonly psk: Buffer } {
  const sessions: Session[] = []
  const server = new Server13()
  const act = (s: Server13): void => {
    s.handshake()
    s.ticket()
  }
  encounter(server, act, { offer, client: { resumable: session => sessions.push(session) } })
  return { session: sessions[0]!, psk: server.resumption }
}

const again = { offer: { ...offer, and: [preSharedKey] }, client: { session: first.session } }
const make = (): Server13 => {
  const server = new Server13()
  server.psk = first.psk
  return server
}

test('a ticket resumes, also behind a HelloRetryRequest', () => {
  assert.deepEqual(Buffer.from(first.session.secret), first.psk)
  for (const retries of [false, true]) {
    const server = make()
    const act = (s: Server13): void => {
      assert.ok(s.binderIsRight)
      if (retries) s.retry()
      assert.ok(s.binderIsRight)
      s.serverHello({}, [selected])
      s.encryptedExtensions()
      s.finished()
    }
    const { error, secured, client } = encounter(server, act, again)
    assert.deepEqual([error, secured, server.clientFinished, client.resumed], [undefined, true, true, true])
    assert.deepEqual(client.chain, first.session.chain)
  }
})

test('a server that does not take the ticket proves itself anew', () => {
  const server = make()
  server.psk = undefined
  const { error, secured, client } = encounter(server, s => s.handshake(), again)
  assert.deepEqual([error, secured, client.resumed], [undefined, true, false])
})

const resumed = (what: string, alerts: Case<Server13>[1], act: (server: Server13) => unknown): Case<Server13> => [
  `a resumption ${what}`,
  alerts,
  s => {
    s.serverHello({}, [selected])
    s.encryptedExtensions()
    act(s)
  },
]

refuses(make, again, [
  ['a PSK that is the second of one', 47, s => s.serverHello({}, [[41, u16(1)]])],
  ['a PSK without a number', alert.malformed, s => s.serverHello({}, [[41, empty]])],
  ['a PSK with a suite of another hash', 47, s => s.serverHello({ suite: 0x1302 }, [selected])],
  ['a PSK without a key share', [47, 109], s => s.serverHello({ extensions: [[43, u16(0x0304)], selected] })],
  ['a PSK as a client offers it', alert.malformed, s => s.serverHello({}, [preSharedKey])],
  ['a PSK in a HelloRetryRequest', alert.misplaced, s => s.retry([[44, vector16(u16(1))], selected])],
  resumed('with a Certificate', 10, s => s.certificate()),
  resumed('with a CertificateRequest', 10, s => s.certificateRequest()),
  resumed('with a CertificateVerify', 10, s => s.certificateVerify()),
  resumed('with a wrong Finished', 51, s => s.finished(Buffer.alloc(32))),
  [
    'a flight without a certificate where the PSK was not taken',
    10,
    s => {
      s.psk = undefined
      s.serverHello()
      s.encryptedExtensions()
      s.finished()
    },
  ],
  [
    'early data that was not offered',
    110,
    s => {
      s.serverHello({}, [selected])
      s.encryptedExtensions([[42, empty]])
      s.finished()
    },
  ],
])

test('what was not proved is not resumed: a session of another version or suite is not offered', () => {
  for (const session of [
    { ...first.session, version: 0x0303 },
    { ...first.session, cipherSuite: 0x1302 },
  ]) {
    const server = new Server13()
    const told = { offer: { ...again.offer, suites: [0x1301] }, client: { session } }
    const { secured, client } = encounter(server, s => s.handshake(), told)
    assert.deepEqual([secured, client.resumed, server.client.extensions.has(41)], [true, false, false])
  }
})

test('a server that has not the PSK that it selects is found out by its first record', () => {
  const server = new Server13()
  const act = (s: Server13): void => {
    s.serverHello({}, [selected])
    s.encryptedExtensions()
  }
  const { error, secured } = encounter(server, act, again)
  assert.deepEqual([error?.alert, error?.received, secured], [alert.badRecordMac, false, false])
})
