import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { pcapng } from '../../../src/export/pcapng/pcapng.ts'
import type { ConnectionId } from '../../../src/model/connection.ts'
import { openCapture } from '../../../src/store/capture.ts'
import { openCaptureWriter } from '../../../src/store/writer.ts'
import type { TapeListener } from '../../../src/tape/recording.ts'
import { anyConnection, anyExchange, inFolder } from '../../store/samples.ts'
import { blocksOf, blockType, packetOf } from './blocks.ts'
import { local, origin, recorded, remote } from './recorded.ts'

const line = `CLIENT_RANDOM ${'ab'.repeat(32)} ${'cd'.repeat(48)}`

function connect(recording: TapeListener, id: ConnectionId, at: number, port: number): void {
  const lane = (leg: 'client' | 'upstream', direction: 'to-server' | 'to-client') => ({
    connection: id,
    leg,
    direction,
  })
  recording.event(id, at, { type: 'opened', at, local, remote: { ...remote, port } })
  recording.event(id, at, { type: 'targeted', entrance: 'connect', target: { host: 'a.example', port: 80 } })
  recording.wire(lane('client', 'to-server'), at + 1, 0, Buffer.from('CONNECT '))
  recording.wire(lane('client', 'to-client'), at + 2, 0, Buffer.from('200 '))
  recording.event(id, at, {
    type: 'looked-up',
    name: 'a.example',
    addresses: [origin.address],
    startedAt: at,
    endedAt: at,
    literal: false,
  })
  recording.event(id, at + 3, { type: 'connected', at: at + 3, local: { ...local, port: port + 1000 }, remote: origin })
  recording.event(id, at + 3, { type: 'treated', treatment: 'observe' })
  recording.keyLog(id, 'client', at, Buffer.from(line))
  recording.content(lane('client', 'to-server'), at + 4, Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n'))
  recording.content(lane('client', 'to-client'), at + 6, Buffer.from('HTTP/1.1 204 No\r\n\r\n'))
  const bytes = { toServer: 35, toClient: 23 }
  recording.event(id, at + 8, {
    type: 'leg-closed',
    leg: 'client',
    closed: { at: at + 8, by: 'client', how: 'fin' },
    bytes,
  })
  recording.event(id, at + 9, { type: 'closed', at: at + 9 })
}

test('connections that overlap come in the order of time, with names and secrets before their packets', t => {
  const capture = recorded(t, recording => {
    connect(recording, 1, 1000, 5001)
    connect(recording, 2, 1003, 5002)
  })
  const blocks = blocksOf(Buffer.concat([...pcapng(capture)]))
  const types = blocks.map(({ type }) => type)
  assert.deepEqual(types.slice(0, 6), [
    blockType.section,
    blockType.interface,
    blockType.interface,
    blockType.names,
    blockType.secrets,
    blockType.packet,
  ])
  assert.equal(types.filter(type => type === blockType.names).length, 1, 'a name is said once')
  assert.equal(types.filter(type => type === blockType.secrets).length, 2)
  const packets = blocks.filter(({ type }) => type === blockType.packet)
  const times = packets.map(({ body }) => (BigInt(body.readUInt32LE(4)) << 32n) | BigInt(body.readUInt32LE(8)))
  assert.deepEqual(
    times,
    times.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
  )
  const said = (port: number, side: 20 | 22): string =>
    packets
      .map(packetOf)
      .filter(packet => packet.readUInt16BE(side) === port && packet.includes(Buffer.of(0x7f, 0, 0, 1)))
      .map(packet => packet.subarray(20 + (packet[32]! >> 4) * 4).toString('latin1'))
      .join('')
  assert.match(said(5002, 20), /^CONNECT GET \/ HTTP\/1\.1\r\nHost: a\r\n\r\n/)
  assert.equal(said(5001, 22), '200 HTTP/1.1 204 No\r\n\r\n')
})

test('only the connections that are wanted are there', t => {
  const capture = recorded(t, recording => {
    connect(recording, 1, 1000, 5001)
    connect(recording, 2, 1003, 5002)
  })
  const packets = blocksOf(Buffer.concat([...pcapng(capture, id => id === 2)])).filter(
    ({ type }) => type === blockType.packet,
  )
  assert.ok(packets.length > 5)
  for (const packet of packets.map(packetOf))
    assert.ok([packet.readUInt16BE(20), packet.readUInt16BE(22)].some(port => port === 5002 || port === 6002))
})

test('a capture without connections is a file without packets', t => {
  const blocks = blocksOf(Buffer.concat([...pcapng(recorded(t, () => {}))]))
  assert.deepEqual(
    blocks.map(({ type }) => type),
    [blockType.section, blockType.interface, blockType.interface],
  )
})

const offset = fc.oneof(fc.nat({ max: 3000 }), fc.constantFrom(2 ** 40, 2 ** 28))
const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 })
const direction = fc.constantFrom('to-server' as const, 'to-client' as const)
const below = fc.record({
  connection: fc.integer({ min: 1, max: 3 }),
  leg: fc.constantFrom('client' as const, 'upstream' as const),
  direction,
  at: fc.double({ min: 0, max: 4e12, noNaN: true }),
  offset,
  bytes: fc.oneof(bytes, fc.constant(Buffer.from('16030100050100000103', 'hex'))),
  length: fc.option(fc.nat({ max: 0xffff }), { nil: undefined }),
})
const streamMessage = fc.record({
  ...{ at: fc.nat(), endedAt: fc.nat(), direction, opcode: fc.nat({ max: 15 }), frames: fc.nat({ max: 9 }) },
  ...{
    compressed: fc.boolean(),
    complete: fc.boolean(),
    length: fc.oneof(fc.nat({ max: 99 }), fc.constant(2 ** 50)),
    bytes,
  },
})

test('whatever a capture says, the file is one', () => {
  fc.assert(
    fc.property(
      fc.array(anyConnection, { maxLength: 3 }),
      fc.array(anyExchange, { maxLength: 5 }),
      fc.array(below, { maxLength: 8 }),
      fc.array(streamMessage, { maxLength: 3 }),
      (connections, exchanges, entries, messages) =>
        inFolder(folder => {
          const path = join(folder, 'any.parley')
          const writer = openCaptureWriter(path)
          for (const [i, connection] of connections.entries()) writer.connection({ ...connection, id: i + 1 })
          for (const [i, exchange] of exchanges.entries()) {
            writer.exchange({ ...exchange, id: i + 1 }, Buffer.from('body'), Buffer.from('other'))
            for (const [seq, message] of messages.entries()) writer.streamMessage(i + 1, { ...message, seq })
          }
          for (const { connection, leg, direction, at, offset, bytes, length } of entries)
            if (length === undefined) writer.wire(connection, leg, direction, { at, offset, bytes })
            else writer.recordHeader(connection, leg, direction, { at, offset, type: 23, version: 0x303, length })
          writer.commit()
          writer.close()
          const capture = openCapture(path)
          try {
            const file: Uint8Array[] = []
            let blocks = 0
            for (const block of pcapng(capture)) {
              if (blocks++ < 2000) file.push(block)
            }
            assert.ok(blocks < 2_000_000)
            blocksOf(Buffer.concat(file))
          } finally {
            capture.close()
          }
        }),
    ),
    { numRuns: 60 },
  )
})
