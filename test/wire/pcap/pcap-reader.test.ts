import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PcapReader, pcapShape } from '../../../src/wire/pcap/pcap-reader.ts'
import { everySplit } from '../every-split.ts'
import { pcap } from '../packet/make-packets.ts'
import { telling, toldOf } from './told.ts'

const make = (sink: ConstructorParameters<typeof PcapReader>[0]) => new PcapReader(sink)
const packets = [
  { seconds: 1_700_000_000, fraction: 250_000, bytes: Buffer.from('first') },
  { seconds: 1_700_000_001, fraction: 500_000, bytes: Buffer.from('cut'), length: 99 },
]

test('both byte orders and both units of time say the same', () => {
  for (const little of [true, false])
    for (const nano of [true, false]) {
      const scaled = packets.map(packet => ({ ...packet, fraction: packet.fraction * (nano ? 1000 : 1) }))
      assert.deepEqual(toldOf(pcap(scaled, { little, nano, linkType: 101 }), make), [
        '1700000000250 101 first 5',
        '1700000001500 101 cut 99',
      ])
    }
})

test('a file is read the same wherever its pieces end', () => {
  const answer = everySplit(pcap(packets), () => telling(make))
  assert.deepEqual(answer, ['1700000000250 1 first 5', '1700000001500 1 cut 99'])
})

test('a file that is cut gives what is before the cut, and says where that is', () => {
  const file = pcap(packets)
  assert.deepEqual(toldOf(file.subarray(0, -1), make), [
    '1700000000250 1 first 5',
    'damaged at 45: the file is cut after 18 of 19 bytes of a block',
  ])
})

test('a length that no packet has ends the reading', () => {
  const file = pcap(packets)
  file.writeUInt32LE(0xffffffff, 24 + 21 + 8)
  assert.match(toldOf(file, make)[1]!, /^damaged at 45: a packet claims 4294967295 bytes/)
})

test('what the link type says besides is left out, and other files are none', () => {
  assert.match(toldOf(pcap(packets, { linkType: 0x24000001 }), make)[0]!, /^1700000000250 1 first/)
  assert.equal(pcapShape(Buffer.from('PK')), undefined)
  assert.equal(pcapShape(Buffer.from('PK\x03\x04')), undefined)
  assert.deepEqual(toldOf(Buffer.alloc(30), make), ['damaged at 0: this is no pcap file'])
})

test('packets with a longer header are read as well', () => {
  const file = pcap([])
  file.writeUInt32LE(0xa1b2cd34, 0)
  const header = Buffer.alloc(24)
  header.writeUInt32LE(7, 0)
  header.writeUInt32LE(2, 8)
  header.writeUInt32LE(2, 12)
  assert.deepEqual(toldOf(Buffer.concat([file, header, Buffer.from('hi')]), make), ['7000 1 hi 2'])
})
