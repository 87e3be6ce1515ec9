import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { connectionPackets } from '../../../src/export/pcapng/connection-packets.ts'
import { survey } from '../../../src/export/pcapng/survey.ts'
import type { LegName } from '../../../src/model/party.ts'
import { packRecordHeader, recordHeaderBytes } from '../../../src/tape/record-headers.ts'
import type { LegCapture } from '../../../src/wire/tls/capture.ts'
import { bytesOf, directions, dropBodies } from '../../wire/tls/capture-edits.ts'
import { tlsPair } from '../../wire/tls/record-pair.ts'
import { identity } from '../../wire/tls/test-certificates.ts'
import { recorded, tunnel } from './recorded.ts'

const legs = ['client', 'upstream'] as const

/** What the packets of a tunnel carry, whose legs were recorded as `kept`; and what they say. */
function packetsOf(t: TestContext, whole: LegCapture, kept: LegCapture) {
  const bytes = { toServer: bytesOf(whole, 'to-server').length, toClient: bytesOf(whole, 'to-client').length }
  const capture = recorded(t, recording => {
    tunnel(recording)
    for (const leg of legs) {
      recording.event(1, 1006, { type: 'tls-started', leg, toServer: 0, toClient: 0 })
      for (const direction of directions) {
        const lane = { connection: 1, leg, direction }
        for (const { at, offset, bytes } of kept.chunks[direction]) recording.wire(lane, at, offset, bytes)
        for (const { at, offset, type, version, length } of kept.headers[direction]) {
          const sent = Buffer.alloc(5)
          sent[0] = type
          sent.writeUInt16BE(version, 1)
          sent.writeUInt16BE(length, 3)
          const packed = new Uint8Array(recordHeaderBytes)
          packRecordHeader(packed, 0, offset, sent, 0)
          recording.recordHeaders(lane, at, packed)
        }
      }
      for (const line of whole.keyLog) recording.keyLog(1, leg, 1007, Buffer.from(line))
      const closed = { at: 9e12, by: 'client', how: 'fin' } as const
      recording.event(1, 9e12, { type: 'leg-closed', leg, closed, bytes })
    }
    recording.event(1, 9e12, { type: 'closed', at: 9e12 })
  })
  const connection = capture.connection(1)!
  const packets = [...connectionPackets(capture, connection, capture.exchangesOf(1), survey(capture, connection))]
  const carried = (leg: LegName, direction: 'to-server' | 'to-client'): Buffer => {
    const ports = { client: [50_000, 8080], upstream: [6000, 443] }[leg]
    const from = ports[direction === 'to-server' ? 0 : 1]
    return Buffer.concat(
      packets
        .filter(packet => packet.leg === leg && Buffer.from(packet.bytes).readUInt16BE(20) === from)
        .map(({ bytes }) => bytes.subarray(20 + (bytes[32]! >> 4) * 4)),
    )
  }
  return { packets, carried, bytes }
}

test('what was kept whole is there byte for byte on both legs', async t => {
  const { capture: whole } = await tlsPair({ server: identity('rsa') }).connect()
  const { carried, packets } = packetsOf(t, whole, whole)
  for (const leg of legs)
    for (const direction of directions) assert.deepEqual(carried(leg, direction), bytesOf(whole, direction))
  assert.ok(packets.some(({ comments }) => comments.includes('Both directions: every byte as it came.')))
})

test('of what was not kept, and cannot be made again, the length is there', async t => {
  const { capture: whole } = await tlsPair({ server: identity('rsa') }).connect()
  const kept = dropBodies(whole, ({ direction, index }) => direction === 'to-client' && index === 5)
  const { carried, packets, bytes } = packetsOf(t, whole, kept)
  const lost = kept.headers['to-client'][0]!.length
  assert.ok(lost > 0)
  assert.equal(carried('client', 'to-client').length, bytes.toClient - lost)
  const lengths = packets
    .filter(({ leg, bytes: sent }) => leg === 'client' && Buffer.from(sent).readUInt16BE(20) === 8080)
    .reduce((sum, { payload }) => sum + payload, 0)
  assert.equal(lengths, bytes.toClient)
  assert.ok(packets.some(({ comments }) => comments.some(text => text.includes('is left out, because'))))
})
