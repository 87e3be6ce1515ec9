import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { guess, readMessage, readPackedVarints, signed, zigzag } from '../../../src/formats/protobuf/wire-tree.ts'
import { bytes, fixed32, fixed64, number, varint } from './proto-bytes.ts'

const read = (...parts: number[][]) => readMessage(Uint8Array.from(parts.flat()))

test('every wire type, with its place', () => {
  assert.deepEqual(
    read(number(1, 150), bytes(2, 'hi'), fixed32(3, [1, 0, 0, 0]), fixed64(4, [2, 0, 0, 0, 0, 0, 0, 0])),
    [
      { number: 1, start: 0, end: 3, value: { wire: 'varint', value: 150n } },
      { number: 2, start: 3, end: 7, value: { wire: 'bytes', bytes: Uint8Array.from(Buffer.from('hi')) } },
      { number: 3, start: 7, end: 12, value: { wire: 'fixed32', value: 1 } },
      { number: 4, start: 12, end: 21, value: { wire: 'fixed64', value: 2n } },
    ],
  )
  const [group] = read([0x0b], number(2, 1), [0x0c])!
  assert.equal(group?.value.wire, 'group')
})

test('numbers of 64 bits, negative and zigzag', () => {
  for (const value of [0n, 1n, 127n, 128n, 2n ** 28n, 2n ** 32n, 2n ** 63n, 2n ** 64n - 1n])
    assert.deepEqual(read(number(1, value))![0]!.value, { wire: 'varint', value })
  assert.equal(signed(2n ** 64n - 1n), -1n)
  assert.deepEqual([0n, 1n, 2n, 3n].map(zigzag), [0n, -1n, 1n, -2n])
})

test('bytes that are no message from end to end are none', () => {
  for (const broken of [
    [0],
    [8],
    [10, 5, 1],
    [0x0b, 8, 1],
    [0x0c],
    [15, 1],
    [...varint(7), 1],
    [8, ...Array(10).fill(255), 1],
  ])
    assert.equal(readMessage(Uint8Array.from(broken)), undefined, String(broken))
})

test('text is a string, a message a message, the rest bytes', () => {
  const as = (...content: number[]) => guess(Uint8Array.from(content)).as
  assert.equal(as(...Buffer.from('hello ü')), 'string')
  assert.equal(as(), 'string')
  assert.equal(as(...bytes(1, 'abcdefghi')), 'message') // would also be text: LF, TAB, letters
  assert.equal(as(...Buffer.from('\nline')), 'string')
  assert.equal(as(0xff, 0xfe), 'bytes')
})

test('packed numbers, and bytes that end inside one', () => {
  assert.deepEqual(readPackedVarints(Uint8Array.from([...varint(3), ...varint(270)])), [3n, 270n])
  assert.equal(readPackedVarints(Uint8Array.of(128)), undefined)
})

test('no bytes throw, and fields cover a message without gaps', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), content => {
      guess(content)
      const fields = readMessage(content)
      let at = 0
      for (const { start, end } of fields ?? []) {
        assert.equal(start, at)
        at = end
      }
      if (fields) assert.equal(at, content.length)
    }),
  )
})
