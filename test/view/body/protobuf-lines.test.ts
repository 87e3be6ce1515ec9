import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readProtoFile } from '../../../src/formats/protobuf/proto-file.ts'
import { emptySchema, type ProtoMessageType } from '../../../src/formats/protobuf/proto-schema.ts'
import { readMessage } from '../../../src/formats/protobuf/wire-tree.ts'
import { Outline } from '../../../src/view/body/outline.ts'
import { protoLines } from '../../../src/view/body/protobuf-lines.ts'
import { bytes, fixed64, number, varint } from '../../formats/protobuf/proto-bytes.ts'
import { shopProto } from '../../formats/protobuf/shop.ts'

const { schema } = readProtoFile(shopProto)
const order = schema.messages.get('shop.v1.Order')

const draw = (content: Uint8Array, type?: ProtoMessageType) => {
  const outline = new Outline(200)
  protoLines(outline, readMessage(content) ?? [], type ? schema : emptySchema, type)
  return outline.finish().map(({ text, depth }) => '  '.repeat(depth) + text)
}
const sample = Uint8Array.from([
  ...number(1, -5),
  ...number(2, 1),
  ...bytes(3, [...bytes(1, 'tea'), ...number(2, 3)]),
  ...bytes(7, [...varint(1), ...varint(300)]),
  ...fixed64(8, [0, 0, 0, 0, 0, 0, 0xf8, 0x3f]),
  ...bytes(5, [0xff, 0]),
])

test('with names where the file is given', () => {
  assert.deepEqual(draw(sample, order), [
    'id 1: -5',
    'state 2: PAID',
    'lines 3: shop.v1.Order.Line {',
    '  name 1: "tea"',
    '  change 2: -2',
    '}',
    'numbers 7: [1, 300]',
    'price 8: 1.5',
    'token 5: ff00',
  ])
})

test('as good guesses without it', () => {
  assert.deepEqual(draw(sample), [
    '1: -5  or sint 9223372036854775803'.replace('9223372036854775803', String(zigzagOfMinusFive)),
    '2: 1',
    '3: {',
    '  1: "tea"',
    '  2: 3  or sint -2',
    '}',
    '7: 01ac02  3 B  or [1, 300]',
    '8: 1.5  or 4609434218613702656, 64 bits',
    '5: ff00  2 B',
  ])
})

const zigzagOfMinusFive = (() => {
  const unsigned = BigInt.asUintN(64, -5n)
  return (unsigned >> 1n) ^ -(unsigned & 1n)
})()

test('a field that does not fit its type is guessed, not forced', () => {
  assert.deepEqual(draw(Uint8Array.from(bytes(1, 'text')), order), ['id 1: "text"'])
})

test('nesting ends', () => {
  let nested: number[] = number(1, 1)
  for (let i = 0; i < 60; i++) nested = bytes(1, nested)
  assert.ok(draw(Uint8Array.from(nested)).some(line => line.includes('nested too deeply')))
})

test('no bytes throw or move the cursor', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), content => {
      for (const line of [...draw(content), ...draw(content, order)]) assert.doesNotMatch(line, /[\x00-\x1f\x7f-\x9f]/)
    }),
  )
})
