import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RecordFilter } from '../../../src/proxy/socket/record-filter.ts'
import { recordHeaderBytes } from '../../../src/tape/record-headers.ts'
import { toServer } from '../../tape/lanes.ts'
import { everySplit } from '../../wire/every-split.ts'
import { MemoryTape } from '../memory-tape.ts'

const applicationData = 23

const record = (type: number, length: number, fill = 0x5a): Buffer =>
  Buffer.concat([Buffer.from([type, 3, 3, length >> 8, length & 255]), Buffer.alloc(length, fill)])

interface Header {
  readonly offset: number
  readonly type: number
  readonly version: number
  readonly length: number
}

const headersOf = (tape: MemoryTape): readonly Header[] =>
  tape.headers.flatMap(({ bytes }) =>
    Array.from({ length: bytes.length / recordHeaderBytes }, (_, index) => {
      const at = index * recordHeaderBytes
      const offset = bytes.readUInt16LE(at) * 2 ** 32 + bytes.readUInt32LE(at + 2)
      return {
        offset,
        type: bytes[at + 6]!,
        version: bytes.readUInt16BE(at + 7),
        length: bytes.readUInt16BE(at + 9),
      }
    }),
  )

/** For each byte of the stream how often it is kept, and the kept bytes at their places. */
function tiled(tape: MemoryTape, start: number, length: number): { readonly kept: Buffer; readonly bytes: Buffer } {
  const kept = Buffer.alloc(length)
  const bytes = Buffer.alloc(length)
  for (const { position, bytes: part } of tape.wires) {
    part.copy(bytes, position - start)
    for (let i = 0; i < part.length; i++) kept[position - start + i]!++
  }
  return { kept, bytes }
}

const started = 1000

/** What a filter that is settled after `settleAt` bytes keeps; the answer does not depend on how the tape was cut. */
function reader(length: number, settleAt: number): { push(bytes: Uint8Array): void; answer(): unknown } {
  const tape = new MemoryTape()
  const filter = new RecordFilter(tape, toServer, started)
  let seen = 0
  if (settleAt === 0) filter.settle()
  return {
    push(bytes) {
      const before = Math.max(0, Math.min(bytes.length, settleAt - seen))
      if (before > 0) filter.push(bytes.subarray(0, before), 0)
      if (before > 0 && seen + before === settleAt) filter.settle()
      if (before < bytes.length) filter.push(bytes.subarray(before), 0)
      seen += bytes.length
    },
    answer: () => ({ ...tiled(tape, started, length), headers: headersOf(tape), position: filter.position }),
  }
}

const handshake = Buffer.concat([record(22, 80), record(20, 1), record(applicationData, 900)])
const after = Buffer.concat([
  ...[300, 300, 300, 300].map(length => record(applicationData, length)), // tickets
  record(applicationData, 400, 1),
  record(applicationData, 30, 2), // an alert
  record(21, 2),
  record(applicationData, 500, 3),
  record(applicationData, 65, 4),
])

type Answer = { kept: Buffer; bytes: Buffer; headers: readonly Header[]; position: number }

test('what is kept does not depend on where the network cuts', () => {
  const stream = Buffer.concat([handshake, after.subarray(4 * 305)])
  const { position } = everySplit(stream, () => reader(stream.length, handshake.length)) as Answer
  assert.equal(position, started + stream.length)
})

test('before it is settled, every byte is kept once at its place', () => {
  const stream = Buffer.concat([handshake, after])
  const all = reader(stream.length, Number.POSITIVE_INFINITY)
  all.push(stream)
  const { kept, bytes, headers } = all.answer() as Answer
  assert.ok(kept.every(count => count === 1))
  assert.deepEqual(bytes, stream)
  assert.deepEqual(headers, [])
})

test('after it is settled, long application data becomes its header, and the rest is kept', () => {
  const stream = Buffer.concat([handshake, after])
  const settled = reader(stream.length, handshake.length)
  settled.push(stream)
  const { headers } = settled.answer() as Answer
  const first = started + handshake.length + 4 * 305
  assert.deepEqual(headers, [
    { offset: first, type: applicationData, version: 0x0303, length: 400 },
    { offset: first + 405 + 35 + 7, type: applicationData, version: 0x0303, length: 500 },
    { offset: first + 405 + 35 + 7 + 505, type: applicationData, version: 0x0303, length: 65 },
  ])
})

test('the first four long records after the handshake are kept, because tickets may be in them', () => {
  const stream = Buffer.concat([record(applicationData, 2048), record(applicationData, 2049), after])
  const settled = reader(stream.length, 0)
  settled.push(stream)
  const { headers, kept } = settled.answer() as Answer
  assert.equal(kept[10], 1, 'a record of 2048 bytes')
  assert.equal(headers[0]!.length, 2049)
  assert.equal(headers[1]!.offset, started + 2053 + 2054 + 2 * 305, 'two of four are left for 300 bytes')
})

test('records that come whole: kept parts and headers tile the stream without overlap', () => {
  const one = fc.record({ type: fc.constantFrom(20, 21, 22, 23, 23, 23, 24), length: fc.nat(3000) })
  const cuts = fc.array(fc.nat(9000), { maxLength: 12 })
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), cuts, fc.nat(12), (records, places, settleAfter) => {
      const parts = records.map(({ type, length }, index) => record(type, length, index + 1))
      const stream = Buffer.concat(parts)
      const settleAt = Buffer.concat(parts.slice(0, settleAfter)).length
      const filtered = reader(stream.length, settleAt)
      const edges = [0, ...places.filter(place => place < stream.length).sort((a, b) => a - b), stream.length]
      for (let i = 1; i < edges.length; i++) filtered.push(stream.subarray(edges[i - 1], edges[i]))
      const { kept, bytes, headers, position } = filtered.answer() as Answer
      for (const { offset, type, length } of headers) {
        const at = offset - started
        assert.equal(stream[at], type)
        assert.equal(stream.readUInt16BE(at + 3), length)
        // a header that was cut by a chunk may be kept in part; its fragment never is
        for (let i = at; i < at + 5 + length; i++) {
          assert.ok(i < at + 5 || kept[i] === 0, `byte ${i} of a dropped fragment is kept`)
          kept[i] = 1
          bytes[i] = stream[i]!
        }
      }
      assert.ok(
        kept.every(count => count === 1),
        'a byte is neither kept nor under a header, or kept twice',
      )
      assert.deepEqual(bytes, stream)
      assert.equal(position, started + stream.length)
    }),
  )
})

test('a chunk of more records than a packed entry holds loses none of their headers', () => {
  const count = 1500
  const stream = Buffer.concat(Array.from({ length: 4 + count }, () => record(applicationData, 70)))
  const settled = reader(stream.length, 0)
  settled.push(stream)
  const { headers } = settled.answer() as Answer
  assert.equal(headers.length, count)
  assert.deepEqual(
    headers.map(({ offset }) => offset),
    Array.from({ length: count }, (_, index) => started + (index + 4) * 75),
  )
})

test('a position past 4 GiB is exact', () => {
  const tape = new MemoryTape()
  const far = 2 ** 32 * 300 + 0xfedc_ba98
  const filter = new RecordFilter(tape, toServer, far)
  filter.settle()
  for (let i = 0; i < 5; i++) filter.push(record(applicationData, 100), 0)
  assert.deepEqual(
    headersOf(tape).map(({ offset }) => offset),
    [far + 4 * 105],
  )
  assert.equal(tape.wires[3]!.position, far + 3 * 105)
})

test('a filter that ignores keeps nothing and still counts', () => {
  const tape = new MemoryTape()
  const filter = new RecordFilter(tape, toServer, 0)
  filter.push(Buffer.from('abc'), 0)
  filter.ignore()
  filter.push(Buffer.from('defg'), 0)
  assert.equal(filter.position, 7)
  assert.equal(tape.wires.length, 1)
})

test('an answer to CONNECT before the first record does not hide the records behind it', () => {
  const tape = new MemoryTape()
  const filter = new RecordFilter(tape, toServer, 0)
  filter.preamble(Buffer.from('HTTP/1.1 200 Connection Established\r\n\r\n'), 1)
  filter.settle()
  const record = Buffer.concat([Buffer.from([23, 3, 3, 0x40, 0x11]), Buffer.alloc(16_401)])
  for (let i = 0; i < 20; i++) filter.push(record, 2)
  assert.deepEqual(
    tape.wires.map(({ position, bytes }) => [position, bytes.length]),
    [[0, 39]],
  )
  assert.equal(filter.position, 39 + 20 * record.length)
})

test('records that begin after what was ignored are kept, also those that came with the last of it', () => {
  const tape = new MemoryTape()
  const filter = new RecordFilter(tape, toServer, 0)
  filter.push(Buffer.from('\x01half of what looks like a record'), 1)
  filter.ignore()
  const before = tape.wires.length
  const [first, second] = [record(22, 300, 1), record(22, 20, 2)]
  filter.push(Buffer.concat([Buffer.from('clear'), first.subarray(0, 7)]), 2)
  assert.equal(tape.wires.length, before)
  filter.restart(first.subarray(0, 7), 3)
  filter.push(Buffer.concat([first.subarray(7), second]), 4)
  const start = 33 + 5
  assert.deepEqual(
    tape.wires.slice(before).map(({ position, bytes }) => [position, bytes.length]),
    [
      [start, 7],
      [start + 7, first.length - 7 + second.length],
    ],
  )
  assert.equal(filter.position, start + first.length + second.length)
})

test('a tape that wants ciphertext gets every byte behind the handshake, where it may be missed', () => {
  class Wanting extends MemoryTape {
    readonly late: { readonly position: number; readonly bytes: Buffer }[] = []
    ciphertext(_lane: unknown, _at: number, position: number, bytes: Uint8Array): void {
      this.late.push({ position, bytes: Buffer.from(bytes) })
    }
  }
  const tape = new Wanting()
  const filter = new RecordFilter(tape, toServer, 0)
  const [hello, large, small] = [record(22, 100), record(applicationData, 9000), record(21, 20)]
  filter.push(hello, 0)
  filter.settle({ content: () => 0, overhead: 17 })
  assert.equal(filter.weighs, false)
  filter.push(large, 1)
  filter.push(small, 2)
  assert.deepEqual(Buffer.concat(tape.wires.map(({ bytes }) => bytes)), hello)
  assert.deepEqual(Buffer.concat(tape.late.map(({ bytes }) => bytes)), Buffer.concat([large, small]))
  assert.deepEqual(
    tape.late.map(({ position }) => position),
    [hello.length, hello.length + large.length],
  )
  assert.deepEqual(headersOf(tape), [])
})
