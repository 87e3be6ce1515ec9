import assert from 'node:assert/strict'
import { test } from 'node:test'
import { message, u8, u16, u24, vector24 } from '../offer.ts'
import * as alert from './alerts.ts'
import { encounter, refuses } from './encounter.ts'
import { record } from './protection.ts'
import { Server12 } from './server12.ts'
import { Server13 } from './server13.ts'

const always = { offer: { suites: [0x1301, 0xc02b], groups: [29, 23] } }

/** Bytes that buffers take more of behind `act`. */
function grown(act: () => void): number {
  const before = process.memoryUsage().arrayBuffers
  act()
  return process.memoryUsage().arrayBuffers - before
}

const chain = (server: Server13, count: number): Buffer[] =>
  Array.from({ length: count }, () => server.identity.certificate)

test('a chain of a hundred certificates is taken, more are refused, and one of 16 MB is refused at its head', () => {
  const flight =
    (count: number) =>
    (server: Server13): void => {
      server.serverHello()
      server.encryptedExtensions()
      server.certificate(chain(server, count))
      server.certificateVerify()
      server.finished()
    }
  const taken = encounter(new Server13(), flight(100), always)
  assert.deepEqual([taken.error, taken.client.chain?.certificates.length], [undefined, 100])
  assert.equal(encounter(new Server13(), flight(101), always).secured, false)

  const server = new Server13()
  const huge = Buffer.concat([Buffer.of(11), u24(0xffffff), u8(0), u24(0xfffffb)])
  const act = (s: Server13): void => {
    s.serverHello()
    s.encryptedExtensions()
    s.send(22, huge)
    assert.equal(s.alert, 50)
    for (let n = 0; n < 1000; n++) s.send(22, Buffer.alloc(16_384))
  }
  assert.ok(grown(() => assert.equal(encounter(server, act, always).client.state, 'failed')) < 100_000_000)
})

test('a message that comes a byte a record is taken', () => {
  const act = (s: Server13): void => {
    s.serverHello()
    s.encryptedExtensions()
    s.certificate(chain(s, 10))
    s.certificateVerify()
    s.finished()
  }
  const server = new Server13()
  const send = server.send.bind(server)
  server.send = (kind, bytes) => {
    for (const byte of bytes) send(kind, u8(byte))
  }
  const { error, secured } = encounter(server, act, always)
  assert.deepEqual([error, secured], [undefined, true])
})

refuses(() => new Server12(), { offer: { ...always.offer, versions: [0x0303] } }, [
  [
    'a ServerHello of 16,000 extensions',
    [47, 50, 110],
    s => s.say(message(2, Buffer.alloc(35, 3), u8(0), u16(0xc02b), u8(0), u16(64_000), Buffer.alloc(64_000))),
  ],
  [
    'a Certificate of 80,000 empty ones',
    alert.malformed.concat(42),
    s => {
      s.serverHello()
      s.say(message(11, vector24(Buffer.alloc(240_000))))
    },
  ],
  [
    'thousands of records without bytes',
    10,
    s => {
      for (let n = 0; n < 5000; n++) s.raw(record(22, Buffer.alloc(0)))
    },
  ],
  [
    'thousands of ChangeCipherSpecs',
    10,
    s => {
      for (let n = 0; n < 5000; n++) s.changeCipherSpec()
    },
  ],
])

refuses(() => new Server13(), always, [
  [
    'thousands of ChangeCipherSpecs in TLS 1.3',
    10,
    s => {
      s.serverHello()
      for (let n = 0; n < 5000; n++) s.changeCipherSpec()
    },
  ],
  ['a ChangeCipherSpec before everything', 10, s => s.changeCipherSpec()],
  [
    'a ChangeCipherSpec of two bytes',
    10,
    s => {
      s.serverHello()
      s.raw(record(20, u16(257)))
    },
  ],
  [
    'a ChangeCipherSpec of 2',
    10,
    s => {
      s.serverHello()
      s.raw(record(20, u8(2)))
    },
  ],
  [
    'a ChangeCipherSpec within a message',
    10,
    s => {
      s.serverHello()
      s.send(22, u8(8))
      s.changeCipherSpec()
    },
  ],
  [
    'an alert within a message',
    10,
    s => {
      s.serverHello()
      s.send(22, u8(8))
      s.send(21, Buffer.of(1, 90))
    },
  ],
  [
    'thousands of warnings before the ServerHello',
    10,
    s => {
      for (let n = 0; n < 5000; n++) s.send(21, Buffer.of(1, 112))
    },
  ],
  [
    'a warning of TLS 1.2 in TLS 1.3',
    10,
    s => {
      s.serverHello()
      for (let n = 0; n < 5000; n++) s.send(21, Buffer.of(1, 90))
    },
  ],
  ['a record of an unknown type', [10, 47, 50, 70], s => s.raw(record(99, u8(1)))],
  ['a heartbeat', 10, s => s.raw(record(24, Buffer.of(1, 64, 0)))],
  ['data before everything', 10, s => s.raw(record(23, u8(1)))],
  ['HTTP', [10, 22, 47, 50, 70], s => s.raw(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'))],
  ['SSLv2', [10, 22, 47, 50, 70], s => s.raw(Buffer.from('802b0400010002', 'hex'))],
  ['a record that is too long', 22, s => s.raw(Buffer.of(22, 3, 3, 255, 255))],
  ['half an alert before everything', 50, s => s.send(21, u8(2))],
])
