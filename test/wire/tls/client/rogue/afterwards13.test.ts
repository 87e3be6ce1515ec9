import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extensionList, message, u8, u16, u24, vector8, vector16 } from '../offer.ts'
import * as alert from './alerts.ts'
import { type Case, encounter, refuses } from './encounter.ts'
import { record } from './protection.ts'
import { content, empty, type } from './server.ts'
import { Server13 } from './server13.ts'

const always = { offer: { suites: [0x1301], groups: [29, 23] } }
const times = (count: number, act: () => void): void => {
  for (let n = 0; n < count; n++) act()
}
const many = 2000
const data = Buffer.from('data')

const cases: readonly Case<Server13>[] = [
  ['a ticket of no bytes', 50, s => s.ticket(7200, empty)],
  ['a ticket for more than a week', 47, s => s.ticket(604_801)],
  ['a ticket that is cut', 50, s => s.afterwards(type.newSessionTicket, Buffer.alloc(9))],
  [
    'a ticket with bytes behind',
    50,
    s => s.afterwards(type.newSessionTicket, Buffer.alloc(8), vector8(u8(1)), vector16(data), u16(0), u8(0)),
  ],
  [
    'a ticket with an extension twice',
    alert.malformed,
    s =>
      s.ticket(7200, data, [
        [0x1a1a, empty],
        [0x1a1a, empty],
      ]),
  ],
  ['a ticket with early_data that is malformed', alert.malformed, s => s.ticket(7200, data, [[42, u8(1)]])],
  ['thousands of tickets', 10, s => times(many, () => s.ticket())],
  ['a KeyUpdate of 2', 47, s => s.keyUpdate(2)],
  ['a KeyUpdate of no bytes', 50, s => s.afterwards(type.keyUpdate)],
  ['a KeyUpdate of two bytes', 50, s => s.afterwards(type.keyUpdate, u16(0))],
  [
    'a KeyUpdate without new keys',
    20,
    s => {
      s.keyUpdate(0, false)
      s.send(23, data)
    },
  ],
  [
    'new keys without a KeyUpdate',
    20,
    s => {
      s.unheard(() => s.keyUpdate())
      s.send(23, data)
    },
  ],
  [
    'a message behind a KeyUpdate in its record',
    10,
    s => s.send(content.handshake, Buffer.concat([message(type.keyUpdate, u8(0)), message(type.newSessionTicket)])),
  ],
  [
    'half a message behind a KeyUpdate',
    10,
    s => s.send(content.handshake, Buffer.concat([message(type.keyUpdate, u8(0)), u8(4)])),
  ],
  ['thousands of KeyUpdates', 10, s => times(many, () => s.keyUpdate())],
  ['thousands of KeyUpdates that ask for one', 10, s => times(many, () => s.keyUpdate(1))],
  [
    'a CertificateRequest that was not offered',
    10,
    s => s.afterwards(type.certificateRequest, vector8(u8(1)), extensionList([[13, vector16(u16(0x0403))]])),
  ],
  ['a HelloRequest', 10, s => s.afterwards(type.helloRequest)],
  ['a ServerHello', 10, s => s.afterwards(type.serverHello, Buffer.alloc(40))],
  ['a ClientHello', 10, s => s.afterwards(type.clientHello, Buffer.alloc(40))],
  ['EncryptedExtensions', 10, s => s.afterwards(type.encryptedExtensions, u16(0))],
  ['a Certificate', 10, s => s.certificate()],
  ['a CertificateVerify', 10, s => s.certificateVerify()],
  ['a Finished', 10, s => s.afterwards(type.finished, s.verifyData)],
  ['EndOfEarlyData', 10, s => s.afterwards(type.endOfEarlyData)],
  ['a message that nobody knows', 10, s => s.afterwards(99)],
  [
    'a message of 16 MB',
    alert.malformed.concat(10),
    s => {
      s.send(22, Buffer.concat([u8(4), u24(0xffffff)]))
      times(300, () => s.send(22, Buffer.alloc(16_384)))
    },
  ],
  [
    'data within a message',
    10,
    s => {
      s.send(22, u8(4))
      s.send(23, data)
    },
  ],
  [
    'an alert within a message',
    10,
    s => {
      s.send(22, u8(4))
      s.send(21, Buffer.of(1, 0))
    },
  ],
  ['a change_cipher_spec', 10, s => s.changeCipherSpec()],
  ['a change_cipher_spec that is encrypted', 10, s => s.send(20, u8(1))],
  ['heartbeats', 10, s => s.send(24, Buffer.of(1, 64, 0))],
  ['a record type that nobody knows', 10, s => s.send(99, data)],
  ['a record of type 0 without bytes', 10, s => s.send(0, empty)],
  ['a record that is all padding', 10, s => s.send(0, empty, 300)],
  ['a handshake record without bytes', 10, s => s.send(22, empty)],
  ['an alert record without bytes', [10, 50], s => s.send(21, empty)],
  ['thousands of empty data records', 10, s => times(many, () => s.send(23, empty))],
  ['thousands of records of padding', 10, s => times(many, () => s.send(23, empty, 1000))],
  ['half an alert', 50, s => s.send(21, u8(2))],
  ['two alerts in a record', 50, s => s.send(21, Buffer.of(1, 0, 1, 0))],
  ['an alert of level 3', 47, s => s.send(21, Buffer.of(3, 0))],
  ['thousands of warnings', 10, s => times(many, () => s.send(21, Buffer.of(1, 90)))],
  ['data in clear', 20, s => s.raw(record(23, data))],
  ['an alert in clear', 10, s => s.raw(record(21, Buffer.of(1, 0)))],
  ['a handshake message in clear', 10, s => s.raw(record(22, message(0)))],
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
    'a record that is left out',
    20,
    s => {
      s.sealed(23, data)
      s.send(23, data)
    },
  ],
  ['a record that is shorter than a tag', 20, s => s.raw(record(23, Buffer.alloc(15)))],
  ['a record of no bytes', 20, s => s.raw(record(23, empty))],
  ['a record of 16,385 bytes inside', 22, s => s.raw(s.oversized(16_385))],
  ['a record of 16,384 bytes and a byte of padding', 22, s => s.raw(s.oversized(16_384, 1))],
  ['a record of more than 16,640 bytes', 22, s => s.raw(record(23, Buffer.alloc(16_641)))],
  ['a record that says that it has 65,535 bytes', 22, s => s.raw(Buffer.of(23, 3, 3, 255, 255))],
  ['no TLS', [10, 22, 50, 70], s => s.raw(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'))],
]

refuses(
  () => new Server13(),
  always,
  cases.map(([what, alerts, act]) => [
    `behind the handshake: ${what}`,
    alerts,
    (s, client) => {
      s.handshake()
      act(s, client)
    },
  ]),
  true,
)

test('what is right behind the handshake is taken', () => {
  const server = new Server13()
  const acts: readonly ((s: Server13) => void)[] = [
    s => s.ticket(),
    s => s.ticket(0),
    s => s.keyUpdate(),
    s => s.keyUpdate(1),
    s => s.send(23, data, 999),
    s => s.send(23, empty),
    s => s.send(21, Buffer.of(1, 90)),
    s => s.send(23, Buffer.alloc(16_384)),
  ]
  const outcome = encounter(server, s => [s.handshake.bind(s), ...acts, ...acts].forEach(act => void act(s)), always)
  assert.equal(outcome.error, undefined)
  assert.equal(outcome.data.length, 2 * (4 + 16_384))
  outcome.client.write(data)
  assert.deepEqual(server.heard.at(-1)?.content, data)
})

test('an alert ends it, and nothing is said to that', () => {
  for (const secure of [true, false])
    for (const told of [2, 1])
      for (const description of [0, 10, 20, 40, 42, 48, 80, 112, 120, 255]) {
        const server = new Server13()
        const { client, error, secured } = encounter(
          server,
          s => {
            if (secure) s.handshake()
            else s.serverHello()
            s.send(21, Buffer.of(told, description))
          },
          always,
        )
        assert.equal(secured, secure)
        assert.equal(server.alert, undefined)
        if (secure && description === 0) assert.equal(client.state, 'ended')
        else assert.deepEqual([client.state, error?.received, error?.alert], ['failed', true, description])
      }
})
