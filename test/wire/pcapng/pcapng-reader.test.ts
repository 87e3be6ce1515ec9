import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { PcapngReader } from '../../../src/wire/pcapng/pcapng-reader.ts'
import { everySplit } from '../every-split.ts'
import { pcapngBlocks } from '../packet/make-packets.ts'
import { telling, toldOf } from '../pcap/told.ts'

const make = (sink: ConstructorParameters<typeof PcapngReader>[0]) => new PcapngReader(sink)
const text = (value: string) => Buffer.from(value)
const ms = 1_700_000_000_250n

/** A section with two interfaces and every kind of block. */
const section = (little: boolean): Buffer => {
  const file = pcapngBlocks(little)
  const offset = Buffer.alloc(8)
  if (little) offset.writeBigInt64LE(-5n)
  else offset.writeBigInt64BE(-5n)
  return Buffer.concat([
    file.section(),
    file.secrets('CLIENT_RANDOM a b\n'),
    file.interface(1, {}, 4),
    file.interface(101, { 2: text('lo'), 9: Buffer.from([9]), 14: offset }),
    file.names([
      [1, Buffer.concat([Buffer.from([10, 0, 0, 2]), text('a.example\0b.example\0')])],
      [2, Buffer.concat([Buffer.alloc(15), Buffer.from([1]), text('six.example\0')])],
    ]),
    file.block(0x0bad, text('something else')),
    file.enhanced(0, ms * 1000n, text('micro'), 50),
    file.enhanced(1, ms * 1_000_000n, text('nano')),
    file.old(0, ms * 1000n + 1000n, text('old')),
    file.simple(text('simp'), 6),
  ])
}
const told = [
  ...['keys CLIENT_RANDOM a b\n', '10.0.0.2 is a.example', '::1 is six.example'],
  ...['1700000000250 1 micro 50', '1699999995250 101 nano 4', '1700000000251 1 old 3', '1700000000251 1 simp 6'],
]

test('sections in either byte order, several interfaces and each kind of block are read', () => {
  assert.deepEqual(toldOf(Buffer.concat([section(true), section(false)]), make), [...told, ...told])
})

test('a file is read the same wherever its pieces end', () => {
  assert.deepEqual(
    everySplit(section(true), () => telling(make)),
    told,
  )
})

test('clocks may tick in powers of two, and finer than anything', () => {
  const { section: begin, interface: described, enhanced } = pcapngBlocks()
  const file = (code: number, ticks: bigint) =>
    Buffer.concat([begin(), described(1, { 9: Buffer.from([code]) }), enhanced(0, ticks, text('x'))])
  assert.deepEqual(toldOf(file(0x80 | 10, 2048n), make), ['2000 1 x 1'])
  assert.deepEqual(toldOf(file(0, 3n), make), ['3000 1 x 1'])
})

test('what makes no sense ends the reading at its place', () => {
  const file = pcapngBlocks()
  const wrongEnd = file.interface(1)
  wrongEnd.writeUInt32LE(99, wrongEnd.length - 4)
  const damaged = [
    file.interface(1),
    Buffer.concat([file.section(), wrongEnd]),
    Buffer.concat([file.section(), file.enhanced(3, 0n, text('x'))]),
    Buffer.concat([file.section(), file.simple(text('x'))]),
    Buffer.concat([file.section(), file.interface(1)]).subarray(0, -2),
    Buffer.concat([file.section(), Buffer.from([1, 0, 0, 0, 14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])]),
  ]
  assert.deepEqual(
    damaged.map(bytes => toldOf(bytes, make)),
    [
      ['damaged at 0: no section of a pcapng file begins here'],
      ['damaged at 28: a block begins with a length of 24 and ends with 99'],
      ['damaged at 28: a packet of interface 3, which no block describes'],
      ['damaged at 28: a packet, and no block describes an interface'],
      ['damaged at 28: the file is cut after 22 of 24 bytes of a block'],
      ['damaged at 28: a block of 14 bytes'],
    ],
  )
})

test('no damage makes it throw', () => {
  const whole = Buffer.concat([section(true), section(false)])
  const edit = fc.tuple(fc.nat(whole.length - 1), fc.nat(255))
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 8 }), fc.nat(whole.length), (edits, length) => {
      const bytes = Buffer.from(whole)
      for (const [at, value] of edits) bytes[at] = value
      toldOf(bytes.subarray(0, length), make)
    }),
  )
})
