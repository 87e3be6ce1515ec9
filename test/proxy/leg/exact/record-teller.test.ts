import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RecordTeller } from '../../../../src/proxy/leg/exact/record-teller.ts'
import { Withheld } from '../../../../src/proxy/leg/exact/withheld.ts'
import { readRecordHeaders } from '../../../../src/tape/record-headers.ts'
import { MemoryTape } from '../../memory-tape.ts'

const lane = { connection: 1, leg: 'upstream', direction: 'to-client' } as const
const record = (type: number, length: number): Buffer =>
  Buffer.concat([Buffer.of(type, 3, 3, length >> 8, length & 255), Buffer.alloc(length, type)])

function begin(tape = new MemoryTape(), position = 0, known = 0) {
  const withheld = new Withheld()
  return { tape, withheld, teller: new RecordTeller(tape, lane, withheld, position, known) }
}

const headersOn = ({ headers }: MemoryTape): number[][] => {
  const found: number[][] = []
  for (const { bytes } of headers)
    readRecordHeaders(bytes, (offset, from) => found.push([offset, bytes[from]!, bytes.readUInt16BE(from + 3)]))
  return found
}

test('of data the headers are told, and all else whole, each at its place', () => {
  const { tape, withheld, teller } = begin(new MemoryTape(), 100)
  withheld.release()
  teller.whole(record(22, 10), 1)
  teller.data(Buffer.concat([record(23, 20), record(23, 300)]), 2)
  teller.whole(record(23, 4), 3)
  teller.flush()
  assert.deepEqual(
    tape.wires.map(({ position, bytes }) => [position, bytes.length]),
    [
      [100, 15],
      [445, 9],
    ],
  )
  assert.deepEqual(headersOn(tape), [
    [115, 23, 20],
    [140, 23, 300],
  ])
  assert.equal(teller.position, 454)
})

test('headers beyond those that have room are told in parts', () => {
  const { tape, withheld, teller } = begin()
  withheld.release()
  for (let i = 0; i < 100; i++) teller.data(record(23, i), 1)
  teller.flush()
  assert.deepEqual(
    headersOn(tape).map(([, , length]) => length),
    Array.from({ length: 100 }, (_, i) => i),
  )
})

test('what is passed over has its place all the same', () => {
  const { tape, withheld, teller } = begin()
  withheld.release()
  teller.pass(Buffer.alloc(100))
  teller.whole(record(22, 1), 1)
  assert.deepEqual(
    tape.wires.map(({ position }) => position),
    [100],
  )
})

test('what the tape has already is not told again', () => {
  const { tape, withheld, teller } = begin(new MemoryTape(), 50, 12)
  withheld.release()
  teller.whole(record(22, 3), 1)
  teller.whole(record(22, 5), 1)
  teller.whole(record(22, 1), 1)
  assert.deepEqual(
    tape.wires.map(({ position, bytes }) => [position, bytes.length]),
    [
      [62, 6],
      [68, 6],
    ],
  )
})

test('what is withheld is kept though its bytes are used again, and comes in order, or never', () => {
  const { tape, withheld, teller } = begin()
  const bytes = record(22, 2)
  teller.whole(bytes, 1)
  bytes.fill(0)
  assert.equal(tape.wires.length, 0)
  withheld.release()
  assert.deepEqual(tape.wires[0]!.bytes, record(22, 2))
})

test('data that comes while all is withheld is withheld, and whole', () => {
  const { tape, withheld, teller } = begin()
  teller.data(record(23, 200), 1)
  teller.flush()
  assert.deepEqual([tape.wires.length, tape.headers.length], [0, 0])
  withheld.release()
  assert.equal(tape.wires[0]!.bytes.length, 205)
})

test('a tape that wants ciphertext gets it', () => {
  const ciphertext: number[] = []
  const tape = Object.assign(new MemoryTape(), {
    ciphertext: (_lane: object, _at: number, position: number) => ciphertext.push(position),
  })
  const { withheld, teller } = begin(tape as never)
  withheld.release()
  teller.whole(record(22, 2), 1)
  teller.data(record(23, 2), 1)
  teller.flush()
  assert.deepEqual([ciphertext, tape.headers.length], [[7], 0])
})
