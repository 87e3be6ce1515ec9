import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blockFrames, dataFrame, frame, rstStream, windowUpdate } from '../../../src/wire/http2/frame-writer.ts'
import { frameType } from '../../../src/wire/http2/names.ts'
import { frameBytes } from './frame-bytes.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const ascii = (text: string) => Buffer.from(text, 'latin1')

test('frames are written as RFC 9113 4.1 has them', () => {
  assert.equal(hex(frame(4, 1, 0, ascii('abc'))), hex(frameBytes(4, 1, 0, ascii('abc'))))
  assert.equal(hex(dataFrame(3, ascii('x'), true)), hex(frameBytes(0, 1, 3, ascii('x'))))
  assert.equal(hex(windowUpdate(0x7fffffff, 0x7ffffffe)), '000004080' + '07fffffff7ffffffe')
  assert.equal(hex(rstStream(1, 0xffffffff)), '000004030000000001ffffffff')
  assert.equal(hex(frame(0, 0, 1, new Uint8Array(70_000))).slice(0, 6), '011170')
})

test('a header block is cut into CONTINUATION frames where the receiver takes no more', () => {
  const shape = { type: frameType.headers, stream: 5, endStream: true }
  assert.equal(hex(blockFrames(shape, ascii('abcd'), 4)), hex(frameBytes(1, 5, 5, ascii('abcd'))))
  assert.equal(
    hex(blockFrames(shape, ascii('abcdefghi'), 4)),
    hex(
      Buffer.concat([
        frameBytes(1, 1, 5, ascii('abcd')),
        frameBytes(9, 0, 5, ascii('efgh')),
        frameBytes(9, 4, 5, ascii('i')),
      ]),
    ),
  )
})

test('priority, promised stream and padding stay where they were', () => {
  const priority = ascii('12345')
  const headers = { type: frameType.headers, stream: 5, endStream: false, before: priority, padding: 2 }
  assert.equal(hex(blockFrames(headers, ascii('abc'), 100)), hex(frameBytes(1, 0x2c, 5, ascii('\x0212345abc\0\0'))))
  const promise = { type: frameType.pushPromise, stream: 5, endStream: false, before: ascii('1234'), padding: 0 }
  assert.equal(
    hex(blockFrames(promise, ascii('abc'), 7)),
    hex(Buffer.concat([frameBytes(5, 8, 5, ascii('\x001234ab')), frameBytes(9, 4, 5, ascii('c'))])),
  )
})
