import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readFieldBlock } from '../../../src/view/frames/field-block.ts'
import { frameDetail, frameFields, frameRow, frameRows, frameText } from '../../../src/view/frames/frames.ts'
import { entry } from '../make-frames.ts'

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

test('an ALTSVC frame that offers HTTP/3 says what the header does, and any other what is in it', () => {
  const said = 'the server offers h3 at :443 for 24.0 h: the client may go there over QUIC, around Parley'
  const frame = (origin: string, value: string) => {
    const payload = [0, origin.length, ...Buffer.from(`${origin}${value}`)]
    return entry(0, 'to-client', 10, 0, 0, payload.length, payload)
  }
  const offer = frame('https://a.example', 'h3=":443"; ma=86400')
  assert.equal(frameRow(offer).detail.replace(/for .*?:/, 'for 24.0 h:'), said)
  const detail = frameDetail(offer)
  assert.deepEqual(
    [detail.at(-1)?.key, detail.some(({ shown }) => shown === 'https://a.example')],
    ['alt-svc-h3', true],
  )
  for (const other of [frame('', 'h2="b.example:443"'), frame('', 'clear')])
    assert.match(frameRow(other).detail, /^Origin-Len 0, .*Alt-Svc-Field-Value/)
  assert.equal(frameDetail(entry(0, 'to-client', 10, 0, 0, 1, [0])).at(-1)?.name, '✗ malformed')
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
  assert.deepEqual(fields(1, 'to-server', 1, 0x24, 1, 20, [128, 0, 0, 3, 15, 0x82]), [
    'Stream Dependency 0-4 3, exclusive',
    'Weight 4-5 16',
    'Field Block Fragment 5-6 82',
    'Rest 6-20 14 B, not kept',
  ])
  assert.deepEqual(fields(1, 'to-server', 1, 0x2c, 1, 20, [2, 128, 0, 0, 3, 15]), ['Payload 0-20 20 B, 6 B of it kept'])
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

test('a frame with fields tells its whole block, lit in its own bytes alone, and the table after it', () => {
  const first = entry(0, 'to-server', 1, 0x28, 1, 9, [1, 0, 0, 0, 0, 15, 0x82, 0x41, 0])
  const second = entry(2, 'to-server', 9, 4, 1, 3, [2, 0x61, 0x62])
  const told = (frame: typeof first) =>
    frameDetail(frame, readFieldBlock([first, second], frame.index))
      .filter(({ key }) => !key.startsWith('field_block/') || key.split('/').length === 2)
      .map(
        ({ indent, name, shown, range }) =>
          `${indent} ${name} | ${shown}${range ? ` @${range.start}-${range.end}` : ''}`,
      )
  assert.deepEqual(told(first), [
    '0 HEADERS | stream 1, PADDED|PRIORITY, 9 B @0-9',
    '1 Pad Length | 1 @0-1',
    '1 Content |  @1-8',
    '2 Stream Dependency | 0 @1-5',
    '2 Weight | 16 @5-6',
    '2 Field Block Fragment | 2 B, of a block in frames 1 to 3, 2 field lines, H: Huffman-coded @6-8',
    '3 indexed, static 2     |    1 B    :method: GET @6-7',
    '3 incremental, static 1 |    4 B    :authority: ab @7-8',
    '1 Padding | 00 @8-9',
    '1 Dynamic table after the block | 1 entry, 44 of 4 096 octets; 1 added',
    '2 62 new |   44 octets  :authority: ab',
  ])
  assert.ok(told(second).includes('2 incremental, static 1 |    4 B    :authority: ab @0-3'))
  assert.ok(told(second).includes('2 indexed, static 2     |    1 B    :method: GET'))
})
