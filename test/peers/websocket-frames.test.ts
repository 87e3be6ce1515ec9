import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acceptFor, FrameReader, frame, opcodes } from '../../src/peers/websocket-frames.ts'

test('the accept value is the one of RFC 6455 1.3', () => {
  assert.equal(acceptFor('dGhlIHNhbXBsZSBub25jZQ=='), 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=')
})

test('the masked Hello of RFC 6455 5.7 is read', () => {
  const [hello] = new FrameReader().push(Buffer.from('818537fa213d7f9f4d5158', 'hex'))
  assert.equal(hello?.payload.toString(), 'Hello')
  assert.equal(hello?.masked, true)
})

test('frames are read the same wherever they are cut', () => {
  const payloads = [0, 1, 125, 126, 300].map(length => Buffer.alloc(length, 'ab'))
  const bytes = Buffer.concat(payloads.map((payload, index) => frame(opcodes.binary, payload, index % 2 === 0)))
  for (let cut = 0; cut <= bytes.length; cut++) {
    const reader = new FrameReader()
    const frames = [...reader.push(bytes.subarray(0, cut)), ...reader.push(bytes.subarray(cut))]
    assert.deepEqual(
      frames.map(one => one.payload),
      payloads,
    )
  }
})

test('a frame of 64 KiB is neither written nor read', () => {
  assert.throws(() => frame(opcodes.text, Buffer.alloc(65_536), false), RangeError)
  assert.throws(() => new FrameReader().push(Buffer.from([0x82, 127, 0])), RangeError)
  assert.equal(new FrameReader().push(frame(2, Buffer.alloc(65_535), false))[0]?.payload.length, 65_535)
})

test('a frame that is not final says so', () => {
  assert.equal(new FrameReader().push(frame(opcodes.text, Buffer.of(1), false, false))[0]?.final, false)
})
