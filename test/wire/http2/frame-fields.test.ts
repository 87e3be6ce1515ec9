import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readFrameFields } from '../../../src/wire/http2/frame-fields.ts'
import type { Field } from '../../../src/wire/reader.ts'

const flat = (fields: readonly Field[]): string[] =>
  fields.flatMap(f => [`${f.name}=${f.shown} ${f.start}-${f.end}`, ...flat(f.children ?? [])])

const read = (type: number, flags: number, payload: number[] | string) => {
  const bytes = typeof payload === 'string' ? Buffer.from(payload, 'latin1') : Uint8Array.from(payload)
  const { fields, malformed } = readFrameFields({ type, flags, stream: 1, length: bytes.length }, bytes)
  return malformed ? [...flat(fields), malformed.message] : flat(fields)
}

test('SETTINGS are named', () => {
  assert.deepEqual(read(4, 0, [0, 1, 0, 0, 16, 0]), [
    'Setting=HEADER_TABLE_SIZE = 4096 0-6',
    'Identifier=HEADER_TABLE_SIZE 0-2',
    'Value=4096 2-6',
  ])
})

test('HEADERS with padding and priority', () => {
  assert.deepEqual(read(1, 0x28, [1, 128, 0, 0, 3, 15, 0x82, 0]), [
    'Pad Length=1 0-1',
    'Content= 1-7',
    'Stream Dependency=3, exclusive 1-5',
    'Weight=16 5-6',
    'Field Block Fragment=82 6-7',
    'Padding=00 7-8',
  ])
})

test('the small frames', () => {
  assert.deepEqual(read(3, 0, [0, 0, 0, 8]), ['Error Code=CANCEL 0-4'])
  assert.deepEqual(read(7, 0, '\0\0\0\x05\0\0\0\x0bslow'), [
    'Last-Stream-ID=5 0-4',
    'Error Code=ENHANCE_YOUR_CALM 4-8',
    'Additional Debug Data=slow 8-12',
  ])
  assert.deepEqual(read(8, 0, [128, 0, 0, 1]), ['Window Size Increment=1 0-4'])
  assert.deepEqual(read(5, 0, [0, 0, 0, 2, 0x82]), ['Promised Stream ID=2 0-4', 'Field Block Fragment=82 4-5'])
  assert.deepEqual(read(10, 0, '\0\x01ah3'), ['Origin-Len=1 0-2', 'Origin=a 2-3', 'Alt-Svc-Field-Value=h3 3-5'])
  assert.deepEqual(read(12, 0, '\0\x01a'), ['Origin-Entry=a 0-3', 'Origin-Len=1 0-2', 'ASCII-Origin=a 2-3'])
  assert.deepEqual(read(16, 0, '\0\0\0\x03u=1'), ['Prioritized Stream ID=3 0-4', 'Priority Field Value=u=1 4-7'])
})

test('a short, a long and a badly padded payload keep what was read and say where it broke', () => {
  assert.match(read(6, 0, [1, 2]).at(-1)!, /Opaque Data needs 8 bytes, 2 are left at byte 0/)
  assert.match(read(8, 0, [0, 0, 0, 1, 9]).at(-1)!, /1 bytes left over at byte 4/)
  assert.match(read(0, 8, [5, 1]).at(-1)!, /padding of 5 bytes, 1 are left at byte 1/)
})

test('no payload throws', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.nat(255), fc.uint8Array({ maxLength: 40 }), (type, flags, payload) => {
      const { fields } = readFrameFields({ type, flags, stream: 1, length: payload.length }, payload)
      assert.ok(Array.isArray(fields))
    }),
  )
})
