import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  decryptionSecrets,
  enhancedPacket,
  interfaceDescription,
  nameResolution,
  sectionHeader,
} from '../../../src/wire/pcapng/write-block.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** What is said of every block: whole words, and its length at both ends. */
function bodyOf(block: Uint8Array, type: number): string {
  const bytes = Buffer.from(block)
  assert.equal(bytes.length % 4, 0)
  assert.equal(bytes.readUInt32LE(0), type)
  assert.equal(bytes.readUInt32LE(4), bytes.length)
  assert.equal(bytes.readUInt32LE(bytes.length - 4), bytes.length)
  return hex(bytes.subarray(8, -4))
}

test('a section says its byte order, version 1.0, and that its length is open', () => {
  const body = bodyOf(sectionHeader({ program: 'abc', os: 'de' }), 0x0a0d0d0a)
  assert.equal(body, '4d3c2b1a01000000ffffffffffffffff' + '0300020064650000' + '0400030061626300' + '00000000')
})

test('an interface is raw IP, in nanoseconds', () => {
  const body = bodyOf(interfaceDescription('a', 'b'), 1)
  assert.equal(body, '6500000000000400' + '0200010061000000' + '0300010062000000' + '0900010009000000' + '00000000')
})

test('an address has its names, each with its end', () => {
  const body = bodyOf(nameResolution([{ address: Uint8Array.of(1, 2, 3, 4), names: ['a', 'bc'] }]), 4)
  assert.equal(body, '01000900' + '01020304' + '6100626300' + '000000' + '00000000')
  assert.match(bodyOf(nameResolution([{ address: new Uint8Array(16), names: ['x'] }]), 4), /^02001200/)
})

test('secrets are a TLS key log, a line each', () => {
  const body = bodyOf(decryptionSecrets(['A 00 11']), 10)
  assert.equal(body, `4b534c5408000000${hex(Buffer.from('A 00 11\n'))}`)
})

test('a packet has its time in nanoseconds, its length on the wire, and its comments', () => {
  const at = 1_700_000_000_123.5
  const packet = { on: 1, at, bytes: Uint8Array.of(9), length: 7, comments: ['hé'] }
  const body = Buffer.from(bodyOf(enhancedPacket(packet), 6), 'hex')
  const time = (BigInt(body.readUInt32LE(4)) << 32n) | BigInt(body.readUInt32LE(8))
  assert.equal(time, 1_700_000_000_123_500_000n)
  assert.deepEqual([body.readUInt32LE(0), body.readUInt32LE(12), body.readUInt32LE(16)], [1, 1, 7])
  assert.equal(hex(body.subarray(20)), '09000000' + '0100030068c3a900' + '00000000')
})

test('a comment that is longer than its length can say is cut', () => {
  const comments = ['x'.repeat(70_000)]
  assert.doesNotThrow(() => bodyOf(enhancedPacket({ on: 0, at: 0, bytes: new Uint8Array(), length: 0, comments }), 6))
})
