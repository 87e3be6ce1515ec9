import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Conversations } from '../../../src/import/packets/conversations.ts'
import { ethernet, ipv4, ipv6, type TcpParts, tcp } from '../../wire/packet/make-packets.ts'
import { noKeys, tellingDoor } from './telling-door.ts'

function sorting() {
  const { told, door } = tellingDoor()
  const conversations = new Conversations(door, noKeys)
  const packet = (bytes: Uint8Array, linkType = 101) =>
    conversations.packet({ at: 1, linkType, bytes, length: bytes.length })
  const up = (parts: Partial<TcpParts>) => packet(ipv4(tcp({ from: 40_000, to: 80, seq: 0, ...parts })))
  const down = (parts: Partial<TcpParts>) =>
    packet(ipv4(tcp({ from: 80, to: 40_000, seq: 0, ...parts }), { source: [10, 0, 0, 2], destination: [10, 0, 0, 1] }))
  return { told, conversations, packet, up, down }
}
const ask = 'GET / HTTP/1.1\r\n\r\n'

test('both directions are one connection, and other ports another', () => {
  const { told, conversations, up, down } = sorting()
  up({ seq: 9, flags: 'S' })
  down({ seq: 99, ack: 10, flags: 'S' })
  up({ seq: 10, ack: 100, data: ask })
  down({ seq: 100, ack: 28, data: 'HTTP/1.1 200 OK\r\n' })
  up({ from: 40_001, seq: 7, flags: 'S' })
  up({ from: 40_001, seq: 8, data: ask })
  conversations.end()
  assert.deepEqual(
    told.filter(line => /[<>]/.test(line)),
    [`c1 > ${ask}`, 'c1 < HTTP/1.1 200 OK\r\n', `c2 > ${ask}`],
  )
})

test('a SYN between the same ports begins a new one, its own repetition does not', () => {
  const { told, up } = sorting()
  up({ seq: 9, flags: 'S' })
  up({ seq: 9, flags: 'S' })
  up({ seq: 10, data: ask })
  up({ seq: 5000, flags: 'S' })
  up({ seq: 5001, data: ask })
  assert.deepEqual(
    told.filter(line => /[<>]|closed/.test(line)),
    [`c1 > ${ask}`, 'c1 closed', `c2 > ${ask}`],
  )
})

test('where the capture begins within it, what is said tells client from server', () => {
  const hello = Buffer.from([22, 3, 1, 0, 1, 2])
  const beginnings: readonly (readonly [Partial<TcpParts>, string])[] = [
    [{ from: 80, to: 9, data: ask }, '10.0.0.1 10.0.0.2'],
    [{ from: 9, to: 80, data: 'HTTP/1.1 200 OK' }, '10.0.0.2 10.0.0.1'],
    [{ from: 40_000, to: 443, data: hello }, '10.0.0.2 10.0.0.1'],
    [{ from: 40_000, to: 443, data: '\x17\x03\x03' }, '10.0.0.1 10.0.0.2'],
    [{ from: 443, to: 40_000, data: '\x17\x03\x03' }, '10.0.0.2 10.0.0.1'],
  ]
  for (const [parts, ends] of beginnings) {
    const { told, up, conversations } = sorting()
    up(parts)
    conversations.end()
    assert.equal(told[0], `c1 opened ${ends}`)
  }
})

test('names of the capture stand for addresses, IPv6 and frames are read', () => {
  const { told, conversations, packet } = sorting()
  conversations.name('::2', 'six.example')
  packet(ethernet(0x86dd, ipv6(tcp({ from: 40_000, to: 80, seq: 9, flags: 'S' }))), 1)
  packet(ethernet(0x86dd, ipv6(tcp({ from: 40_000, to: 80, seq: 10, data: ask }))), 1)
  assert.deepEqual(told, ['c1 opened ::1 ::2', 'c1 transparent six.example:80', `c1 > ${ask}`])
})

test('what is not read is counted by its reason', () => {
  const { conversations, packet, up } = sorting()
  packet(ethernet(0x0806, Buffer.alloc(28)), 1)
  packet(ipv4(Buffer.alloc(8), { protocol: 17 }))
  packet(ipv4(Buffer.alloc(8)))
  packet(Buffer.from([0x45]))
  up({ flags: 'R' })
  assert.deepEqual(conversations.unread, { links: 1, otherProtocols: 1, malformed: 2 })
})

test('more connections than are kept push the oldest out', () => {
  const { told, up } = sorting()
  up({ from: 1, seq: 9, flags: 'S' })
  up({ from: 1, seq: 10, data: ask })
  for (let port = 2; port < 50_010; port++) up({ from: port, seq: 9, flags: 'S' })
  assert.equal(told.at(-1), 'c1 closed')
})
