import assert from 'node:assert/strict'
import { test } from 'node:test'
import { harMessages } from '../../../src/export/har/web-socket.ts'
import type { StreamMessage } from '../../../src/model/stream-message.ts'
import { connectionOf, exchangeOf } from '../../store/samples.ts'
import { withCapture } from '../made-capture.ts'

const message = (seq: number, opcode: number, bytes: Uint8Array, more: Partial<StreamMessage> = {}): StreamMessage => ({
  ...{ seq, direction: 'to-server', at: 1500, endedAt: 1500, opcode, frames: 1, compressed: false, complete: true },
  ...{ length: bytes.length, bytes },
  ...more,
})

test('messages are as Chromium writes them: text as text, everything else in base64, seconds since the epoch', () => {
  withCapture(
    writer => {
      writer.connection(connectionOf(1))
      writer.exchange(exchangeOf(1, { upgraded: 'websocket' }))
      writer.exchange(exchangeOf(2))
      writer.streamMessage(1, message(0, 1, Buffer.from('hä')))
      writer.streamMessage(1, message(1, 2, Uint8Array.of(1, 2), { direction: 'to-client' }))
      writer.streamMessage(1, message(2, 1, Uint8Array.of(0xff), { length: 9, complete: false }))
      writer.streamMessage(1, message(3, 1, Uint8Array.of(1, 2, 3), { compressed: true }))
    },
    capture => {
      const [text, binary, cut, compressed] = [...harMessages(capture, capture.exchange(1)!)!] as Record<
        string,
        unknown
      >[]
      assert.deepEqual(text, { type: 'send', time: 1.5, opcode: 1, data: 'hä' })
      assert.deepEqual(binary, { type: 'receive', time: 1.5, opcode: 2, data: 'AQI=' })
      assert.deepEqual([cut!.data, cut!._encoding, cut!._length], ['/w==', 'base64', 9])
      assert.match(String(compressed!._problem), /not inflated/)
      assert.equal(harMessages(capture, capture.exchange(2)!), undefined)
    },
  )
})
