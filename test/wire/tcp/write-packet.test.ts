import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressBytes } from '../../../src/wire/tcp/address-bytes.ts'
import { type Segment, tcpFlag, writePacket } from '../../../src/wire/tcp/write-packet.ts'

/** An independent sum: a right checksum makes the whole come out as all ones (RFC 1071 1). */
function isRight(...parts: readonly Uint8Array[]): boolean {
  const bytes = Buffer.concat(parts)
  let sum = 0n
  for (let i = 0; i < bytes.length; i += 2) sum += BigInt(bytes[i]! * 256 + (bytes[i + 1] ?? 0))
  while (sum >> 16n) sum = (sum & 0xffffn) + (sum >> 16n)
  return sum === 0xffffn
}

const segment = (from: string, to: string, payload: string): Segment => ({
  from: { address: addressBytes(from)!, port: 50_000 },
  to: { address: addressBytes(to)!, port: 443 },
  sequence: 0xffff_fffe,
  acknowledged: 7,
  flags: tcpFlag.psh | tcpFlag.ack,
  window: 65_535,
  payload: Buffer.from(payload),
  identification: 70_000,
})

test('an IPv4 packet has right lengths and checksums, of even and odd length', () => {
  for (const payload of ['', 'a', 'ab', 'hello'.repeat(1001)]) {
    const packet = Buffer.from(writePacket(segment('10.0.0.1', '192.168.1.2', payload)))
    assert.equal(packet.readUInt16BE(2), packet.length)
    assert.ok(isRight(packet.subarray(0, 20)))
    const tcp = packet.subarray(20)
    const pseudo = Buffer.alloc(4)
    pseudo[1] = 6
    pseudo.writeUInt16BE(tcp.length, 2)
    assert.ok(isRight(packet.subarray(12, 20), pseudo, tcp), payload.slice(0, 5))
    assert.deepEqual([tcp.readUInt16BE(0), tcp.readUInt16BE(2)], [50_000, 443])
    assert.deepEqual([tcp.readUInt32BE(4), tcp.readUInt32BE(8), tcp[13]], [0xffff_fffe, 7, 0x18])
    assert.equal(tcp.subarray(20).toString(), payload)
  }
})

test('so has an IPv6 packet, and options make its header longer', () => {
  const options = Uint8Array.of(2, 4, 1, 2)
  const packet = Buffer.from(writePacket({ ...segment('::1', 'fe80::2', 'xyz'), options }))
  assert.equal(packet.readUInt16BE(4), packet.length - 40)
  const tcp = packet.subarray(40)
  assert.equal(tcp[12]! >> 4, 6)
  const pseudo = Buffer.alloc(8)
  pseudo.writeUInt32BE(tcp.length, 0)
  pseudo[7] = 6
  assert.ok(isRight(packet.subarray(8, 40), pseudo, tcp))
})

test('one of which only the beginning is there says its whole length, and no checksum', () => {
  const packet = Buffer.from(writePacket({ ...segment('10.0.0.1', '10.0.0.2', 'head'), length: 1000 }))
  assert.equal(packet.length, 44)
  assert.equal(packet.readUInt16BE(2), 1040)
  assert.equal(packet.readUInt16BE(36), 0)
})
