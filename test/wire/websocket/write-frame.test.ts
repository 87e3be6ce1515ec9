import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type WebSocketFrame, WebSocketFrameReader } from '../../../src/wire/websocket/frame-reader.ts'
import { writeFrame } from '../../../src/wire/websocket/write-frame.ts'

test('a frame of any length is read as it was written, masked or not', () => {
  for (const length of [0, 1, 125, 126, 65_535, 65_536, 200_000])
    for (const masked of [false, true]) {
      const payload = Buffer.alloc(length, 'abc')
      const read: WebSocketFrame[] = []
      const parts: Uint8Array[] = []
      const reader = new WebSocketFrameReader(
        {
          frame: frame => void read.push(frame),
          payload: bytes => void parts.push(Buffer.from(bytes)),
          frameEnd: () => {},
          fault: fault => assert.fail(fault.code),
        },
        true,
      )
      const bytes = writeFrame({ fin: true, rsv: 4, opcode: 2, masked }, payload)
      assert.equal(reader.push(bytes), bytes.length)
      assert.deepEqual(read, [{ fin: true, rsv: 4, opcode: 2, masked, length }])
      assert.ok(Buffer.concat(parts).equals(payload))
    }
})

test('two frames have different masks', () => {
  const write = () => Buffer.from(writeFrame({ fin: true, rsv: 0, opcode: 1, masked: true }, Buffer.alloc(8)))
  assert.notDeepEqual(write(), write())
})
