import assert from 'node:assert/strict'
import { test } from 'node:test'
import { message, u8, u16, vector16 } from '../offer.ts'
import * as alert from './alerts.ts'
import { type Case, encounter, refuses } from './encounter.ts'
import { record } from './protection.ts'
import { content, empty, type } from './server.ts'
import { Server12, suite } from './server12.ts'

const always = { offer: { suites: Object.values(suite), groups: [23], versions: [0x0303] } }
const times = (count: number, act: () => void): void => {
  for (let n = 0; n < count; n++) act()
}
const many = 2000
const data = Buffer.from('data')

const cases: readonly Case<Server12>[] = [
  ['a ServerHello', 10, s => s.serverHello()],
  ['a Certificate', 10, s => s.certificate()],
  ['a ServerHelloDone', 10, s => s.done()],
  ['a Finished', 10, s => s.finished()],
  ['a ticket', 10, s => s.send(22, message(type.newSessionTicket, Buffer.alloc(4), vector16(data)))],
  ['a KeyUpdate', 10, s => s.send(22, message(type.keyUpdate, u8(0)))],
  ['a ClientHello', 10, s => s.send(22, message(type.clientHello, Buffer.alloc(40)))],
  ['a HelloRequest with a body', alert.malformed.concat(10), s => s.send(22, message(0, u8(0)))],
  ['thousands of HelloRequests', 10, s => times(many, () => s.send(22, message(0)))],
  ['thousands of warnings', 10, s => times(many, () => s.send(21, Buffer.of(1, 90)))],
  ['thousands of empty data records', 10, s => times(many, () => s.send(23, empty))],
  ['a ChangeCipherSpec', 10, s => s.send(content.changeCipherSpec, u8(1))],
  ['a handshake record without bytes', 10, s => s.send(22, empty)],
  ['an alert record without bytes', [10, 50], s => s.send(21, empty)],
  ['half an alert', 50, s => s.send(21, u8(2))],
  ['two alerts in a record', 50, s => s.send(21, Buffer.of(1, 0, 1, 0))],
  ['an alert of level 3', 47, s => s.send(21, Buffer.of(3, 0))],
  ['heartbeats', 10, s => s.send(24, Buffer.of(1, 64, 0))],
  [
    'data within a message',
    10,
    s => {
      s.send(22, u8(0))
      s.send(23, data)
    },
  ],
  [
    'a message of 16 MB',
    alert.malformed.concat(10),
    s => {
      s.send(22, Buffer.of(2, 255, 255, 255))
      times(300, () => s.send(22, Buffer.alloc(16_384)))
    },
  ],
  ['data in clear', 20, s => s.raw(record(23, data))],
  ['data in clear, long enough for a tag', 20, s => s.raw(record(23, Buffer.alloc(40)))],
  ['an alert in clear', 20, s => s.raw(record(21, Buffer.of(1, 0)))],
  ['a HelloRequest in clear', 20, s => s.raw(record(22, message(0)))],
  [
    'a record twice',
    20,
    s => {
      const once = s.sealed(23, data)
      s.raw(once)
      s.raw(once)
    },
  ],
  [
    'two records the other way round',
    20,
    s => {
      const first = s.sealed(23, data)
      s.send(23, data)
      s.raw(first)
    },
  ],
  [
    'a record as one of another type',
    20,
    s => {
      const once = s.sealed(23, data)
      once[0] = 22
      s.raw(once)
    },
  ],
  ['a record of 16,385 bytes inside', 22, s => s.raw(s.oversized(16_385))],
  ['a record of more than 18,432 bytes', 22, s => s.raw(record(23, Buffer.alloc(18_433)))],
  ['no TLS', [10, 22, 50, 70], s => s.raw(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'))],
]

refuses(
  () => new Server12(),
  always,
  cases.map(([what, alerts, act]) => [
    `behind the handshake of TLS 1.2: ${what}`,
    alerts,
    (s, client) => {
      s.handshake()
      act(s, client)
    },
  ]),
  true,
)

test('TLS 1.2: an alert ends it, and nothing is said to that', () => {
  for (const secure of [true, false])
    for (const description of [0, 10, 20, 40, 42, 48, 80, 112, 120, 255]) {
      const server = new Server12()
      const act = (s: Server12): void => {
        if (secure) s.handshake()
        else s.serverHello()
        s.send(21, Buffer.of(description === 0 ? 1 : 2, description))
      }
      const { client, error, secured } = encounter(server, act, always)
      assert.equal(secured, secure)
      assert.equal(server.alert, undefined)
      if (secure && description === 0) assert.equal(client.state, 'ended')
      else assert.deepEqual([client.state, error?.received, error?.alert], ['failed', true, description])
    }
})

test('TLS 1.2: what is right behind the handshake is taken', () => {
  const server = new Server12()
  const act = (s: Server12): void => {
    s.handshake()
    s.send(23, Buffer.alloc(16_384))
    s.send(23, empty)
    s.send(21, Buffer.of(1, 90))
    s.send(23, u16(0))
  }
  const outcome = encounter(server, act, always)
  assert.equal(outcome.error, undefined)
  assert.equal(outcome.data.length, 16_386)
  outcome.client.write(data)
  assert.deepEqual(server.heard.at(-1)?.content, data)
})
