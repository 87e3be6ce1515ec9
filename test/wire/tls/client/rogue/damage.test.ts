import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { alertDescriptions } from '../../../../../src/wire/tls/registry/alerts.ts'
import { type Damage, damagedBytes, damagedRecords, protectedPart } from './damage.ts'
import { type Encounter, encounter, type Outcome } from './encounter.ts'
import type { RogueServer } from './server.ts'
import { Server12, suite } from './server12.ts'
import { Server13 } from './server13.ts'

/** 12,000 in all. */
const runs = { numRuns: 3000, seed: 17 }
const tls13: Encounter = { offer: { suites: [0x1301], groups: [29, 23], alpn: ['h2'] } }
const tls12: Encounter = { offer: { suites: Object.values(suite), groups: [29, 23], versions: [0x0303] } }
const size = fc.integer({ min: 1, max: 2000 })
const data = Buffer.from('what the server says')

/** It waits for more, is open, or was refused once by an alert that is one, and is no fault of its own. */
function assertOrderly({ client, error, failures, secured }: Outcome): void {
  assert.ok(['handshake', 'open', 'ended', 'failed'].includes(client.state))
  assert.equal(failures, client.state === 'failed' ? 1 : 0)
  if (client.state === 'open') assert.ok(secured)
  if (!error) return
  assert.equal(error.name, 'TlsError')
  if (error.received) return
  assert.ok(error.alert in alertDescriptions && error.alert !== 80, `${error.alert} ${error.message}`)
}

/** Sends what `act` says in one go, damaged, in pieces of `size` bytes; says whether something that is protected changed. */
function damaged(server: RogueServer, act: () => void, damage: Damage, size: number, tls13: boolean): boolean {
  const { deliver } = server
  const said: Buffer[] = []
  server.deliver = bytes => said.push(bytes)
  act()
  server.deliver = deliver
  const flight = Buffer.concat(said)
  const after = damage(flight)
  for (let at = 0; at < after.length; at += size) server.raw(Buffer.from(after.subarray(at, at + size)))
  const whole = protectedPart(flight, tls13)
  return !protectedPart(after, tls13).subarray(0, whole.length).equals(whole)
}

test('a flight of TLS 1.3 that is damaged on its way opens nothing', () => {
  fc.assert(
    fc.property(damagedRecords, size, fc.boolean(), (damage, size, retries) => {
      let changed = false
      const act = (server: Server13): void => {
        if (retries) server.retry()
        changed = damaged(server, () => server.handshake(), damage, size, true)
      }
      const outcome = encounter(new Server13(), act, tls13)
      assertOrderly(outcome)
      assert.ok(!(changed && outcome.secured), 'secured in spite of the damage')
    }),
    runs,
  )
})

/** Damages one of the messages that a server says, under its keys; `known` says whether its own transcript has the damage. */
function damageMessage(server: RogueServer, damage: Damage, which: number, known: boolean): () => boolean {
  let changed = false
  let count = 0
  const say = server.say.bind(server)
  server.say = bytes => {
    if (count++ !== which) return say(bytes)
    const body = damage(bytes)
    changed ||= !body.equals(bytes)
    if (known) return say(body)
    const send = server.send.bind(server)
    server.send = (kind, _, padding) => send(kind, body, padding)
    say(bytes)
    server.send = send
  }
  return () => changed
}

test('a message of TLS 1.3 that is damaged under the keys of the server opens nothing either', () => {
  fc.assert(
    fc.property(damagedBytes, fc.nat(2), fc.boolean(), fc.boolean(), (damage, which, requests, known) => {
      let changed = () => false
      const act = (server: Server13): void => {
        server.serverHello()
        changed = damageMessage(server, damage, which + (requests ? 1 : 0), known)
        server.encryptedExtensions([[16, Buffer.from('0003026832', 'hex')]])
        if (requests) server.certificateRequest()
        server.certificate()
        server.certificateVerify()
        server.finished()
      }
      const outcome = encounter(new Server13(), act, tls13)
      assertOrderly(outcome)
      assert.ok(known || !(changed() && outcome.secured), 'secured in spite of the damage')
    }),
    runs,
  )
})

test('flights of TLS 1.2 that are damaged on their way open nothing', () => {
  const suites = fc.constantFrom(suite.ecdheEcdsa, suite.ecdheEcdsa, suite.ecdheRsa, suite.rsa)
  fc.assert(
    fc.property(damagedRecords, size, suites, fc.boolean(), (damage, size, chosen, last) => {
      let changed = false
      const act = (server: Server12): void => {
        const none: Damage = bytes => bytes
        changed = damaged(server, () => server.flight(), last ? none : damage, size, false)
        const finish = (): void => {
          server.change()
          server.finished()
        }
        changed = damaged(server, finish, last ? damage : none, size, false) || changed
      }
      const outcome = encounter(new Server12(chosen), act, tls12)
      assertOrderly(outcome)
      assert.ok(!(changed && outcome.secured), 'secured in spite of the damage')
    }),
    runs,
  )
})

test('behind the handshake no damaged record gives content', () => {
  const garbage = fc.uint8Array({ maxLength: 300 }).map(
    (bytes): Damage =>
      () =>
        Buffer.from(bytes),
  )
  fc.assert(
    fc.property(fc.oneof(damagedRecords, damagedRecords, garbage), size, fc.boolean(), (damage, size, modern) => {
      let changed = false
      const server = modern ? new Server13() : new Server12()
      const records = (): void => {
        for (let n = 0; n < 3; n++) server.send(23, data)
      }
      const act = (): void => {
        server.handshake()
        changed = damaged(server, records, damage, size, modern)
      }
      const outcome = encounter(server as RogueServer, act, modern ? tls13 : tls12)
      assertOrderly(outcome)
      assert.ok(outcome.secured)
      const whole = Buffer.concat([data, data, data])
      assert.ok(whole.subarray(0, outcome.data.length).equals(outcome.data), 'content that the server did not say')
      assert.ok(!changed || outcome.data.length < whole.length)
    }),
    runs,
  )
})
