import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Session } from '../../../../../src/wire/tls/client/tls-client.ts'
import { type Offer, type Part, preSharedKey, u16 } from '../offer.ts'
import { encounter, refuses } from '../rogue/encounter.ts'
import { expandLabel, hmac, type Protection, protection13, sha256 } from '../rogue/protection.ts'
import { Server13 } from '../rogue/server13.ts'

const empty = Buffer.alloc(0)
const early: Part = [42, empty]
const selected: Part = [41, u16(0)]
const offer: Offer = { suites: [0x1301, 0x1303], groups: [29], alpn: ['h2'], and: [early, preSharedKey] }

/** A server that takes early data, of which there is none: RFC 8446 4.2.10. */
class EarlyServer extends Server13 {
  ended = false
  secret: Buffer = empty
  #then: Protection | undefined

  accept(...parts: readonly Part[]): void {
    const key = hmac(Buffer.alloc(32), this.psk!)
    this.secret = expandLabel(key, 'c e traffic', sha256(this.transcript[0]!))
    this.serverHello({}, [selected])
    this.#then = this.reading
    this.reading = protection13(this.secret)
    this.encryptedExtensions([early, ...parts])
  }

  protected override heardMessage(bytes: Buffer): void {
    super.heardMessage(bytes)
    if (bytes[0] !== 5) return
    this.ended = true
    this.reading = this.#then
  }
}

function given(): { readonly session: Session; readonly psk: Buffer } {
  const sessions: Session[] = []
  const server = new Server13()
  const act = (s: Server13): void => {
    s.handshake()
    s.ticket(7200, Buffer.from('ticket'), [[42, Buffer.of(0, 0, 64, 0)]])
  }
  encounter(server, act, { offer: { ...offer, and: [] }, client: { resumable: session => sessions.push(session) } })
  return { session: sessions[0]!, psk: server.resumption }
}

const first = given()
const make = (): EarlyServer => {
  const server = new EarlyServer()
  server.psk = first.psk
  return server
}
const again = { offer, client: { session: first.session } }

test('a server that accepts early data hears at once that it has ended', () => {
  assert.equal(first.session.maxEarlyData, 16_384)
  const server = make()
  const lines: string[] = []
  const act = (s: EarlyServer): void => {
    assert.ok(s.client.extensions.has(42))
    s.accept()
    s.finished()
  }
  const client = { ...again.client, keyLog: (line: string) => lines.push(line) }
  const { error, secured } = encounter(server, act, { offer, client })
  assert.deepEqual([error, secured, server.ended, server.clientFinished], [undefined, true, true, true])
  const secret = lines.find(line => line.startsWith('CLIENT_EARLY_TRAFFIC_SECRET '))
  assert.ok(secret?.endsWith(` ${server.secret.toString('hex')}\n`))
})

test('one that does not accept it hears nothing of it', () => {
  for (const resumes of [true, false]) {
    const server = make()
    if (!resumes) server.psk = undefined
    const act = (s: EarlyServer): void => {
      s.serverHello({}, resumes ? [selected] : [])
      s.encryptedExtensions()
      if (!resumes) {
        s.certificate()
        s.certificateVerify()
      }
      s.finished()
    }
    const { error, secured } = encounter(server, act, again)
    assert.deepEqual([error, secured, server.ended, server.clientFinished], [undefined, true, false, true])
  }
})

test('a HelloRetryRequest ends the offer', () => {
  const server = make()
  const act = (s: EarlyServer): void => {
    s.retry()
    assert.ok(!s.client.extensions.has(42))
    s.serverHello({}, [selected])
    s.encryptedExtensions()
    s.finished()
  }
  const { error, secured } = encounter(server, act, again)
  assert.deepEqual([error, secured], [undefined, true])
})

test('an alert before the end of early data goes under its keys', () => {
  const server = make()
  const act = (s: EarlyServer): void => {
    s.accept()
    s.finished(Buffer.alloc(32))
  }
  const { error } = encounter(server, act, again)
  assert.deepEqual([error?.alert, server.alert], [51, 51])
})

refuses(make, again, [
  [
    'early data without the session',
    47,
    s => {
      s.psk = undefined
      s.serverHello()
      s.encryptedExtensions([early])
    },
  ],
  ['early data for another protocol', 47, s => s.accept([16, Buffer.from('0003026832', 'hex')])],
])
