import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { frameFields, frameRow, frameRows, frameText } from '../../src/view/frames.ts'
import { entry } from './make-frames.ts'

test('a frame in one line: direction, name, stream, flags, size', () => {
  assert.equal(
    frameText(frameRow(entry(5, 'to-server', 1, 5, 1, 45))),
    '→ HEADERS stream 1 END_STREAM|END_HEADERS 45 B',
  )
  assert.equal(frameText(frameRow(entry(5, 'to-client', 0, 0, 3, 16_384))), '← DATA stream 3 16 384 B')
})

test('what control frames say stands in their row', () => {
  const detail = (type: number, payload: number[]) =>
    frameRow(entry(9, 'to-server', type, 0, 0, payload.length, payload)).detail
  assert.equal(detail(4, [0, 4, 0, 0, 255, 255, 0, 2, 0, 0, 0, 0]), 'INITIAL_WINDOW_SIZE = 65535, ENABLE_PUSH = 0')
  assert.equal(detail(8, [0, 0, 1, 0]), '+256')
  assert.equal(detail(3, [0, 0, 0, 8]), 'CANCEL')
  assert.equal(
    detail(7, [0, 0, 0, 5, 0, 0, 0, 11, 27]),
    'Last-Stream-ID 5, ENHANCE_YOUR_CALM, Additional Debug Data \\x1b',
  )
  assert.match(detail(6, [1]), /Opaque Data needs 8 bytes/)
})

test("the preface stands before the client's first frame alone", () => {
  const log = [entry(0, 'to-client', 4, 0, 0, 0), entry(1, 'to-server', 4, 0, 0, 0), entry(2, 'to-server', 1, 5, 1, 9)]
  assert.deepEqual(
    frameRows(log).map(({ index }) => index),
    [0, -1, 1, 2],
  )
  assert.deepEqual(
    frameRows(log.slice(2)).map(({ index }) => index),
    [2],
  )
})

test('what was not kept of a payload is named, with its place', () => {
  const fields = (...frame: Parameters<typeof entry>) =>
    frameFields(entry(...frame)).fields.map(({ name, start, end, shown }) => `${name} ${start}-${end} ${shown}`)
  assert.deepEqual(fields(1, 'to-server', 1, 0x2c, 1, 20, [2, 128, 0, 0, 3, 15]), [
    'Pad Length 0-1 2',
    'Stream Dependency 1-5 3, exclusive',
    'Weight 5-6 16',
    'Field Block Fragment 6-18 12 B, decoded in the exchange',
    'Padding 18-20 2 B, not kept',
  ])
  assert.deepEqual(fields(1, 'to-server', 0, 0, 1, 7), ['Data 0-7 7 B, in the body'])
  assert.deepEqual(fields(1, 'to-server', 99, 0, 0, 2000, [1, 2]), [
    'Payload 0-2 0102',
    'Rest 2-2000 1 998 B, not kept',
  ])
})

test('no frame throws, and every row is printable', () => {
  fc.assert(
    fc.property(
      fc.nat(20),
      fc.nat(255),
      fc.uint8Array({ maxLength: 40 }),
      fc.nat(100),
      (type, flags, payload, more) => {
        const frame = { ...entry(0, 'to-client', type, flags, 1, payload.length + more), payload }
        assert.ok(frameFields(frame).fields.every(({ start, end }) => start <= end))
        assert.doesNotMatch(frameText(frameRow(frame)), /[\x00-\x1f\x7f-\x9f]/)
      },
    ),
  )
})
