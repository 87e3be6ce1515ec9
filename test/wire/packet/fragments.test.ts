import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Fragments } from '../../../src/wire/packet/fragments.ts'
import { readIp } from '../../../src/wire/packet/ip.ts'
import { ipv4 } from './make-packets.ts'

const whole = Buffer.from(Array.from({ length: 40 }, (_, i) => 65 + i))
const piece = (from: number, to: number, id = 1) =>
  readIp(ipv4(whole.subarray(from, to), { id, offset: from, more: to < whole.length }), 0)!
const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString()

test('fragments make the packet in whatever order they come', () => {
  const pieces = [piece(0, 16), piece(16, 32), piece(32, 40)]
  fc.assert(
    fc.property(fc.shuffledSubarray(pieces, { minLength: 3 }), order => {
      const fragments = new Fragments()
      const done = order.map(packet => fragments.push(packet, 0))
      assert.deepEqual(
        done.map(packet => text(packet?.payload)),
        [undefined, undefined, whole.toString()],
      )
      assert.equal(done.at(-1)?.length, 40)
    }),
  )
})

test('what comes twice or overlaps counts once', () => {
  const fragments = new Fragments()
  for (const packet of [piece(0, 16), piece(0, 16), piece(8, 24)]) assert.equal(fragments.push(packet, 0), undefined)
  assert.equal(text(fragments.push(piece(16, 40), 0)?.payload), whole.toString())
})

test('packets are kept apart by their numbers, and given up after a minute', () => {
  const fragments = new Fragments()
  fragments.push(piece(0, 16, 1), 0)
  assert.equal(fragments.push(piece(16, 40, 2), 0), undefined)
  assert.equal(fragments.push(piece(16, 40, 1), 61_000), undefined)
})

test('a whole packet passes at once, and a flood of fragments is forgotten', () => {
  const fragments = new Fragments()
  const packet = readIp(ipv4(whole), 0)!
  assert.equal(fragments.push(packet, 0), packet)
  fragments.push(piece(0, 16, 0), 0)
  for (let id = 1; id <= 1024; id++) fragments.push(piece(0, 16, id), 0)
  assert.equal(fragments.push(piece(16, 40, 0), 0), undefined)
  assert.notEqual(fragments.push(piece(16, 40, 1024), 0), undefined)
})

test('a fragment that was captured in part ends what is there of the packet', () => {
  const fragments = new Fragments()
  const cut = readIp(ipv4(whole.subarray(0, 16), { id: 1, offset: 0, more: true }).subarray(0, 30), 0)!
  fragments.push(cut, 0)
  const packet = fragments.push(piece(16, 40), 0)!
  assert.deepEqual([text(packet.payload), packet.length], [whole.toString().slice(0, 10), 40])
})
