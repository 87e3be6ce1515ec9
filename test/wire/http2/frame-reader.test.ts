import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FrameReader, maxBuffered } from '../../../src/wire/http2/frame-reader.ts'
import { everySplit } from '../every-split.ts'
import { frameBytes } from './frame-bytes.ts'

const reading = () => {
  const told: string[] = []
  const reader = new FrameReader({
    frame: (h, payload) =>
      void told.push(
        `frame ${h.type} ${h.flags} ${h.stream} ${payload ? Buffer.from(payload).toString('latin1') : '-'}`,
      ),
    dataBegins: h => void told.push(`begins ${h.stream} ${h.length} `),
    data: (_, bytes) => {
      told.push(told.pop()! + Buffer.from(bytes).toString('latin1'))
    },
    dataDropped: (_, length) => void told.push(`dropped ${length}`),
    dataEnds: () => void told.push('ends'),
    fault: fault => void told.push(fault.code),
  })
  return { reader, told, push: (bytes: Uint8Array) => reader.push(bytes), answer: () => told }
}
const read = (...frames: Uint8Array[]) => everySplit(Buffer.concat(frames), reading)
const ascii = (text: string) => Buffer.from(text)

test('frames come whole and DATA comes without its padding', () => {
  assert.deepEqual(
    read(
      frameBytes(4, 0, 0),
      frameBytes(6, 1, 0, ascii('12345678')),
      frameBytes(0, 1, 3, ascii('hello')),
      frameBytes(0, 8, 5, Buffer.concat([Buffer.from([3]), ascii('hi'), Buffer.alloc(3)])),
      frameBytes(0, 8, 5, Buffer.from([2, 0, 0])),
      frameBytes(0, 8, 5, Buffer.from([0])),
      frameBytes(0, 0, 7),
      frameBytes(0xfa, 0xff, 0xffffffff, ascii('?')),
    ),
    [
      'frame 4 0 0 ',
      'frame 6 1 0 12345678',
      'begins 3 5 hello',
      'ends',
      'begins 5 6 hi',
      'ends',
      'begins 5 3 ',
      'ends',
      'begins 5 1 ',
      'ends',
      'begins 7 0 ',
      'ends',
      'frame 250 255 2147483647 ?',
    ],
  )
})

test('padding longer than its frame is told and the next frame is read', () => {
  assert.deepEqual(
    read(frameBytes(0, 8, 1, Buffer.from([9, 1, 2])), frameBytes(0, 8, 1), frameBytes(6, 0, 0, ascii('x'))),
    ['begins 1 3 ', 'http2/bad-padding', 'ends', 'begins 1 0 ', 'http2/bad-padding', 'ends', 'frame 6 0 0 x'],
  )
})

test('a frame over the limit is told without its payload', () => {
  const { push, told } = reading()
  push(frameBytes(1, 0, 1, new Uint8Array(maxBuffered + 1)))
  push(frameBytes(6, 0, 0, ascii('x')))
  assert.deepEqual(told, ['frame 1 0 1 -', 'frame 6 0 0 x'])
})

test('a gap fits inside DATA and its padding, nowhere else', () => {
  const { reader, push, told } = reading()
  assert.equal(reader.gap(1), false)
  push(frameBytes(0, 8, 1, Buffer.concat([Buffer.from([3]), ascii('hello'), Buffer.alloc(3)])).subarray(0, 12))
  assert.equal(reader.gap(7), false)
  assert.equal(reader.gap(5), true)
  assert.equal(reader.gap(1), true)
  push(frameBytes(0, 0, 3, ascii('abc')).subarray(0, 9))
  assert.equal(reader.gap(3), true)
  assert.deepEqual(told, ['begins 1 9 he', 'dropped 3', 'ends', 'begins 3 3 ', 'dropped 3', 'ends'])
  push(frameBytes(1, 0, 3, ascii('abc')).subarray(0, 10))
  assert.equal(reader.gap(1), false)
})
