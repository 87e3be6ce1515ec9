import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Http2Half } from '../../../src/observe/http2/half.ts'
import { everySplit } from '../../wire/every-split.ts'
import { block, frameBytes, literal, preface } from '../../wire/http2/frame-bytes.ts'

/** What a half tells; that to the client begins with SETTINGS, unless it is not to `begin`. */
const halving = (direction: 'to-server' | 'to-client' = 'to-client', begin = true) => {
  const told: string[] = []
  const names = (fields: readonly (readonly [string, string])[] | undefined) =>
    fields?.map(([name, value]) => `${name}=${value}`).join() ?? 'unknown'
  const half = new Http2Half(direction, {
    headers: (stream, fields, end) => void told.push(`${stream} headers ${names(fields)}${end ? ' end' : ''}`),
    promise: (promised, fields) => void told.push(`promise ${promised} ${names(fields)}`),
    data: (stream, bytes) => {
      const start = `${stream} data `
      const last = told.at(-1)?.startsWith(start) ? told.pop()! : start
      told.push(last + Buffer.from(bytes).toString())
    },
    dropped: (stream, length) => void told.push(`${stream} dropped ${length}`),
    dataEnds: stream => void told.push(`${stream} ends`),
    reset: (stream, error) => void told.push(`${stream} reset ${error}`),
    goaway: (last, error, debug) => void told.push(`goaway ${last} ${error} ${debug}`),
    setting: (id, value) => void told.push(`setting ${id} ${value}`),
    fault: (_, fault) => void told.push(fault.code),
  })
  if (direction === 'to-client' && begin) half.push(0, frameBytes(4, 0, 0))
  return { half, told, push: (bytes: Uint8Array) => half.push(0, bytes), answer: () => told }
}
const read = (...frames: Uint8Array[]) => everySplit(Buffer.concat(frames), () => halving())

const ab = block(['a', 'b'])

test('a header block may be padded, have a priority, and go on over several frames', () => {
  const rest = [frameBytes(9, 0, 1, ab.subarray(2, 3)), frameBytes(9, 0, 1), frameBytes(9, 4, 1, ab.subarray(3))]
  assert.deepEqual(
    read(
      frameBytes(1, 0x2d, 1, Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 9]), ab, Buffer.alloc(2)])),
      frameBytes(1, 1, 1, ab.subarray(0, 2)),
      ...rest,
      frameBytes(5, 0, 1, Buffer.concat([Buffer.from([0, 0, 0, 2]), ab.subarray(0, 2)])),
      ...rest,
    ),
    ['1 headers a=b end', '1 headers a=b end', 'promise 2 a=b'],
  )
})

test('the preface comes first', () => {
  const bytes = Buffer.concat([preface, frameBytes(4, 0, 0, Buffer.from([0, 1, 0, 0, 0, 9]))])
  assert.deepEqual(
    everySplit(bytes, () => halving('to-server')),
    ['setting 1 9'],
  )
  bytes[20] = 0
  assert.deepEqual(
    everySplit(bytes, () => halving('to-server')),
    ['http2/bad-preface'],
  )
})

test('what resets, goes away and is unknown', () => {
  assert.deepEqual(
    read(
      frameBytes(3, 0, 5, Buffer.from([0, 0, 0, 8])),
      frameBytes(7, 0, 0, Buffer.from('\x80\0\0\x07\0\0\0\x0bcalm', 'latin1')),
      frameBytes(0x99, 0xff, 9, Buffer.from('x')),
    ),
    ['5 reset 8', 'goaway 7 11 calm'],
  )
})

test('frames of wrong length are told and do no harm', () => {
  for (const frame of [
    frameBytes(2, 0, 1, Buffer.alloc(4)),
    frameBytes(3, 0, 1, Buffer.alloc(3)),
    frameBytes(4, 0, 0, Buffer.alloc(5)),
    frameBytes(4, 1, 0, Buffer.alloc(6)),
    frameBytes(6, 0, 0),
    frameBytes(7, 0, 0, Buffer.alloc(7)),
    frameBytes(8, 0, 0, Buffer.alloc(5)),
  ])
    assert.equal(read(frame, frameBytes(1, 4, 1, ab))[0], 'http2/frame-size')
})

test('frames on stream 0 that belong to a stream are told, and the other way round', () => {
  const frames = [
    [0, 0],
    [1, 6],
    [2, 5],
    [3, 4],
    [4, 6],
    [5, 5],
    [6, 8],
    [7, 8],
    [8, 4],
    [0x99, 1],
  ] as const
  const faultsOn = (stream: number) =>
    frames.map(([type, length]) => {
      const told = read(frameBytes(type, 4, stream, Buffer.alloc(length)), frameBytes(1, 5, 1, ab))
      assert.equal(told.at(-1)!.slice(0, 10), '1 headers ', 'reading goes on')
      return told.filter(line => /frame-(on|off)-stream-0|frame-size/.test(line)).join()
    })
  const [on, off] = ['http2/frame-on-stream-0', 'http2/frame-off-stream-0']
  assert.deepEqual(faultsOn(0), [on, on, on, on, '', on, '', '', '', ''])
  assert.deepEqual(faultsOn(1), ['', '', '', '', off, '', off, off, '', ''])
})

test('a block that cannot be decoded ends decoding, not the streams', () => {
  assert.deepEqual(
    read(
      frameBytes(1, 5, 1, Buffer.from([0x80])),
      frameBytes(1, 5, 3, ab),
      frameBytes(1, 1, 5, ab),
      frameBytes(9, 4, 5),
    ),
    ['http2/hpack', '1 headers unknown end', '3 headers unknown end', '5 headers unknown end'],
  )
})

test('another frame inside a block ends decoding', () => {
  assert.deepEqual(read(frameBytes(1, 0, 1, ab), frameBytes(6, 0, 0, Buffer.alloc(8)), frameBytes(1, 5, 3, ab)), [
    'http2/continuation-expected',
    'http2/hpack',
    '1 headers unknown',
    '3 headers unknown end',
  ])
  assert.deepEqual(read(frameBytes(9, 4, 1, ab)), ['http2/unexpected-continuation', 'http2/hpack'])
})

test('bad padding of a block ends decoding', () => {
  assert.deepEqual(read(frameBytes(1, 0x0c, 1, Buffer.from([9, 0x82]))), [
    'http2/bad-padding',
    'http2/hpack',
    '1 headers unknown',
  ])
})

test('a header block without end is not kept without end', () => {
  const { push, told } = halving()
  push(frameBytes(1, 0, 1))
  const piece = frameBytes(9, 0, 1, new Uint8Array(16_384))
  for (let i = 0; i < 70; i++) push(piece)
  assert.deepEqual(told, ['http2/header-block-too-large'])
  push(frameBytes(9, 4, 1))
  assert.deepEqual(told, ['http2/header-block-too-large', '1 headers unknown'])
})

test('a frame of fields over 1 MB still stands for its stream', () => {
  const { half, push, told } = halving()
  half.obey(5, 2 ** 24 - 1)
  push(frameBytes(1, 5, 1, new Uint8Array(2 ** 20 + 1)))
  assert.deepEqual(told, ['http2/header-block-too-large', '1 headers unknown end'])
})

test('the receiver’s settings rule frame size and table size', () => {
  const { half, push, told } = halving()
  const long = frameBytes(0, 0, 1, new Uint8Array(16_385).fill(120))
  const bigTable = frameBytes(1, 4, 1, Buffer.concat([Buffer.from([0x3f, 0xe2, 0x1f]), literal('a', 'b', true)]))
  half.obey(5, 20_000)
  half.obey(1, 65_536)
  push(long)
  push(bigTable)
  assert.deepEqual(
    told.map(line => line.slice(0, 13)),
    ['1 data xxxxxx', '1 headers a=b'],
  )
  const strict = halving()
  strict.push(long)
  strict.push(bigTable)
  assert.deepEqual(
    strict.told.map(line => line.slice(0, 21)),
    ['http2/frame-too-large', '1 data xxxxxxxxxxxxxx', 'http2/hpack', '1 headers unknown'],
  )
})

test('a gap fits inside DATA; elsewhere the direction goes quiet', () => {
  const { half, push, told } = halving()
  push(frameBytes(0, 1, 1, Buffer.from('abc')).subarray(0, 10))
  half.gap(0, 2)
  half.gap(0, 1)
  push(frameBytes(0, 1, 1))
  assert.deepEqual(told, ['1 data a', '1 dropped 2', '1 ends', 'http2/gap'])
  assert.equal(half.lost, true)
})

test('a side that does not begin with SETTINGS is told, and one that speaks HTTP/1 is read no further', () => {
  const begins = (direction: 'to-server' | 'to-client', bytes: Uint8Array) =>
    everySplit(bytes, () => halving(direction, false))
  const ping = frameBytes(6, 0, 0, Buffer.alloc(8))
  assert.deepEqual(begins('to-client', Buffer.concat([frameBytes(4, 0, 0), ping])), [])
  assert.deepEqual(begins('to-client', Buffer.concat([ping, frameBytes(4, 0, 0), ping])), ['http2/bad-preface'])
  assert.deepEqual(begins('to-server', Buffer.concat([preface, ping])), ['http2/bad-preface'])
  assert.deepEqual(begins('to-client', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')), ['http2/not-http2'])
})

test('what a frame may not say is told where it stands', () => {
  const u32 = (value: number) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value])
  assert.deepEqual(read(frameBytes(8, 0, 0, u32(0)), frameBytes(8, 0, 3, u32(0x8000_0000))), [
    'http2/bad-window-update',
    'http2/bad-window-update',
  ])
  assert.deepEqual(read(frameBytes(4, 0, 0, Buffer.concat([Buffer.from([0, 4]), u32(0xffff_ffff)]))), [
    'http2/bad-setting',
    `setting 4 ${2 ** 32 - 1}`,
  ])
})
