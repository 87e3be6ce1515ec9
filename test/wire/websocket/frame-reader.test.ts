import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { WebSocketFrameReader } from '../../../src/wire/websocket/frame-reader.ts'
import { everySplit } from '../every-split.ts'
import { webSocketFrame } from './frame-bytes.ts'

const reading = (wantsPayload = true) => {
  const told: string[] = []
  let payload = ''
  const reader = new WebSocketFrameReader(
    {
      frame: f =>
        void told.push(
          `${f.fin ? 'fin ' : ''}rsv ${f.rsv} opcode ${f.opcode} length ${f.length}${f.masked ? ' masked' : ''}`,
        ),
      payload: bytes => {
        payload += Buffer.from(bytes).toString('latin1')
      },
      frameEnd: () => {
        told.push(payload)
        payload = ''
      },
      fault: fault => void told.push(fault.code),
    },
    wantsPayload,
  )
  return { reader, push: (bytes: Uint8Array) => reader.push(bytes), answer: () => told }
}

test('the examples of RFC 6455 5.7', () => {
  const bytes = Buffer.from(
    '810548656c6c6f818537fa213d7f9f4d51580103 48656c80026c6f8a8537fa213d7f9f4d5158'.replaceAll(' ', ''),
    'hex',
  )
  assert.deepEqual(
    everySplit(bytes, () => reading()),
    [
      'fin rsv 0 opcode 1 length 5',
      'Hello',
      'fin rsv 0 opcode 1 length 5 masked',
      'Hello',
      'rsv 0 opcode 1 length 3',
      'Hel',
      'fin rsv 0 opcode 0 length 2',
      'lo',
      'fin rsv 0 opcode 10 length 5 masked',
      'Hello',
    ],
  )
})

test('lengths of two and eight bytes', () => {
  for (const length of [0, 125, 126, 300, 65_535, 65_536]) {
    const { push, answer } = reading(false)
    push(webSocketFrame(2, new Uint8Array(length), true))
    push(webSocketFrame(1, Buffer.from('x'), false))
    assert.deepEqual(answer(), [`fin rsv 0 opcode 2 length ${length} masked`, '', 'fin rsv 0 opcode 1 length 1', ''])
  }
})

test('reserved opcodes and bad control frames are told and read on', () => {
  const { push, answer } = reading()
  push(webSocketFrame(3, Buffer.from('a'), false))
  push(webSocketFrame(9, new Uint8Array(126), false))
  assert.deepEqual(
    answer().filter(line => line.startsWith('websocket/')),
    ['websocket/reserved-opcode', 'websocket/bad-control-frame'],
  )
})

test('a length over 2^53 stops the reading', () => {
  const { reader, push, answer } = reading()
  push(Buffer.from('82ffffffffffffffffff00000000', 'hex'))
  push(Buffer.from('8100', 'hex'))
  assert.deepEqual(answer(), ['websocket/bad-length'])
  assert.equal(reader.lost, true)
})

test('a gap inside a payload keeps the mask in step; elsewhere it stops the reading', () => {
  const { reader, push, answer } = reading()
  const frame = webSocketFrame(1, Buffer.from('hello world'), true)
  push(frame.subarray(0, 7))
  reader.gap(5)
  push(frame.subarray(12))
  assert.equal(answer()[1], 'hworld')
  reader.gap(1)
  assert.deepEqual([answer().at(-1), reader.lost], ['websocket/gap', true])
})

test('no bytes make it throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
      const { push, answer } = reading()
      push(bytes)
      assert.ok(Array.isArray(answer()))
    }),
  )
})
