import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readIp } from '../../../src/wire/packet/ip.ts'
import { ipv4, ipv6 } from './make-packets.ts'

const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString()
const data = Buffer.from('payload')

test('what stands behind an IPv4 packet in its frame is no part of it', () => {
  const packet = readIp(Buffer.concat([Buffer.alloc(2), ipv4(data), Buffer.from('padding')]), 2)!
  assert.deepEqual([text(packet.payload), packet.length, packet.protocol, packet.version], ['payload', 7, 6, 4])
  assert.equal(packet.addresses, '\x0a\0\0\x01\x0a\0\0\x02')
})

test('a packet that was captured in part says how long it was', () => {
  const packet = readIp(ipv4(data).subarray(0, -3), 0)!
  assert.deepEqual([text(packet.payload), packet.length], ['payl', 7])
})

test('a length of zero is that of what was captured', () => {
  assert.equal(readIp(ipv4(data, { total: 0 }), 0)!.length, 7)
})

test('a fragment says where it belongs', () => {
  const { fragment } = readIp(ipv4(data, { id: 77, offset: 1480, more: true }), 0)!
  assert.deepEqual(fragment, { id: 77, offset: 1480, last: false })
})

test('extension headers of IPv6 are passed over, and fragments told', () => {
  const options = Buffer.concat([Buffer.from([0]), Buffer.alloc(6)])
  const longer = Buffer.concat([Buffer.from([1]), Buffer.alloc(14)])
  const packet = readIp(
    ipv6(data, [
      [0, options],
      [43, longer],
      [60, options],
    ]),
    0,
  )!
  assert.deepEqual([text(packet.payload), packet.length, packet.protocol], ['payload', 7, 6])
  const fragment = readIp(ipv6(data, [[44, Buffer.from([0, 0x05, 0xc9, 0, 0, 0, 9])]]), 0)!
  assert.deepEqual(fragment.fragment, { id: 9, offset: 1480, last: false })
  const atomic = readIp(ipv6(data, [[44, Buffer.from([0, 0, 0, 0, 0, 0, 9])]]), 0)!
  assert.equal(atomic.fragment, undefined)
})

test('an authentication header counts its length in words of four', () => {
  const header = Buffer.concat([Buffer.from([1]), Buffer.alloc(10)])
  assert.equal(text(readIp(ipv6(data, [[51, header]]), 0)!.payload), 'payload')
})

test('IP in IP is read out of its tunnel, up to a depth', () => {
  const within = (packet: Buffer) => ipv4(packet, { protocol: packet[0]! >> 4 === 4 ? 4 : 41 })
  assert.equal(text(readIp(within(ipv6(data)), 0)!.payload), 'payload')
  let deep = ipv4(data)
  for (let i = 0; i < 9; i++) deep = within(deep)
  assert.equal(readIp(deep, 0), undefined)
})

test('what makes no sense is none', () => {
  const short = ipv4(data)
  short[0] = 0x44
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.from([0x70]),
    short,
    ipv4(data, { total: 10 }),
    ipv6(data).subarray(0, 39),
  ])
    assert.equal(readIp(bytes, 0), undefined)
})
