import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConversationWriter, type SeenPacket } from '../../../src/wire/tcp/conversation-writer.ts'

const ends = {
  client: { address: Uint8Array.of(10, 0, 0, 1), port: 1000 },
  server: { address: Uint8Array.of(10, 0, 0, 2), port: 443 },
}
const names = ['fin', 'syn', 'rst', 'psh', 'ack']

/** `1000 syn 0/0 +0`: who sends, flags, sequence/acknowledged, payload. */
const lines = (packets: readonly SeenPacket[]): string[] =>
  packets.map(({ bytes, payload }) => {
    const tcp = Buffer.from(bytes).subarray(20)
    const flags = names.filter((_, i) => tcp[13]! & (1 << i)).join(' ')
    return `${tcp.readUInt16BE(0)} ${flags} ${tcp.readUInt32BE(4)}/${tcp.readUInt32BE(8)} +${payload}`
  })

test('a conversation opens, carries bytes and ends with numbers that follow', () => {
  const writer = new ConversationWriter(ends)
  assert.deepEqual(
    lines([
      ...writer.open(1, 2),
      ...writer.data('to-server', 3, Buffer.from('hello')),
      ...writer.data('to-client', 4, Buffer.from('hi')),
      ...writer.end('to-client', 5),
      ...writer.data('to-server', 6, Buffer.from('!')),
      ...writer.end('to-server', 7),
      ...writer.end('to-server', 8),
    ]),
    [
      '1000 syn 0/0 +0',
      '443 syn ack 0/1 +0',
      '1000 ack 1/1 +0',
      '1000 psh ack 1/1 +5',
      '443 psh ack 1/6 +2',
      '443 fin ack 3/6 +0',
      '1000 psh ack 6/4 +1',
      '1000 fin ack 7/4 +0',
      '443 ack 4/8 +0',
    ],
  )
})

test('one that is not answered is a SYN, and a reset ends it without an answer', () => {
  assert.deepEqual(lines([...new ConversationWriter(ends).open(1, undefined)]), ['1000 syn 0/0 +0'])
  const writer = new ConversationWriter(ends)
  const packets = [...writer.open(1, 1), ...writer.reset('to-client', 2)]
  assert.equal(lines(packets).at(-1), '443 rst ack 1/1 +0')
})

test('bytes that no packet holds are shared out, and acknowledged now and then', () => {
  const writer = new ConversationWriter(ends)
  const packets = [...writer.open(1, 1), ...writer.data('to-client', 2, new Uint8Array(500_000))].slice(3)
  assert.equal(
    packets.reduce((sum, { payload }) => sum + payload, 0),
    500_000,
  )
  const acknowledged = lines(packets).filter(line => line.startsWith('1000 ack'))
  assert.deepEqual(acknowledged, ['1000 ack 1/325001 +0'])
})

test('bytes that are not there have their length all the same', () => {
  const writer = new ConversationWriter(ends)
  const [packet] = writer.data('to-server', 1, Buffer.from('head'), 1000)
  assert.deepEqual([packet?.bytes.length, packet?.length, packet?.payload], [44, 1040, 1000])
})

test('times never go back', () => {
  const writer = new ConversationWriter(ends)
  const times = [...writer.open(5, 4), ...writer.data('to-server', 3, Buffer.from('x'))].map(({ at }) => at)
  assert.deepEqual(times, [5, 5, 5, 5])
})

test('numbers wrap around behind four gigabytes', () => {
  const writer = new ConversationWriter(ends)
  const none = new Uint8Array()
  let last: SeenPacket | undefined
  for (let i = 0; i < 5; i++)
    for (const packet of writer.data('to-server', 1, none, 2 ** 30)) if (packet.payload) last = packet
  assert.ok(Buffer.from(last!.bytes).readUInt32BE(24) < 2 ** 30)
})
