import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mostPacketBytes } from '../../../src/wire/pcap/packet.ts'

test('a packet may be as long as the jumbo segments that cards join', () => {
  assert.ok(mostPacketBytes > 512 * 1024) // BIG TCP of Linux
})
