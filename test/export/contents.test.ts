import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allMessages, contentsOf, framesOf, messagesOf } from '../../src/export/contents.ts'
import type { StreamMessage } from '../../src/model/stream-message.ts'
import { FramePacker } from '../../src/store/frame-page.ts'
import { connectionOf, exchangeOf } from '../store/samples.ts'
import { withCapture } from './made-capture.ts'

const message = (seq: number): StreamMessage => ({
  ...{ seq, direction: 'to-server', at: seq, endedAt: seq, opcode: 1, frames: 1, compressed: false, complete: true },
  ...{ length: 2, bytes: Buffer.from('hi') },
})

test('frames and messages come over pages in their order, and no more than were asked for', () => {
  const packer = new FramePacker()
  for (let i = 0; i < 2200; i++) packer.add('to-server', i, { type: 6, flags: 0, stream: 0, length: 8 })
  withCapture(
    writer => {
      writer.connection(connectionOf(1))
      writer.exchange(exchangeOf(1, { upgraded: 'websocket' }))
      for (let seq = 0; seq < 2200; seq++) writer.streamMessage(1, message(seq))
      writer.frames(1, packer.take()!)
    },
    capture => {
      const numbers = Array.from({ length: 2200 }, (_, i) => i)
      assert.deepEqual(
        [...framesOf(capture, 1, 9999)].map(({ index }) => index),
        numbers,
      )
      assert.deepEqual(
        [...allMessages(capture, 1)].map(({ seq }) => seq),
        numbers,
      )
      assert.equal([...messagesOf(capture, capture.exchange(1)!, 1500)].length, 1500)
      const [content, ...more] = [...contentsOf(capture, [1, 99], 3)]
      assert.deepEqual([content?.messages?.length, content?.messageCount, more], [3, 2200, []])
    },
  )
})
