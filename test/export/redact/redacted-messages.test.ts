import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { redactedMessages } from '../../../src/export/redact/redacted-messages.ts'
import { defaultRules } from '../../../src/export/redact/redaction.ts'
import type { StreamMessage } from '../../../src/model/stream-message.ts'
import { connectionOf, exchangeOf } from '../../store/samples.ts'
import { withCapture } from '../made-capture.ts'
import { telling } from './told.ts'

const message = (seq: number, bytes: Uint8Array, more: Partial<StreamMessage> = {}): StreamMessage => ({
  ...{ seq, direction: 'to-server', at: 1, endedAt: 1, opcode: 1, frames: 1, compressed: false, complete: true },
  ...{ length: bytes.length, bytes },
  ...more,
})

test('messages are inflated and lose their secrets, whatever page is asked for', () => {
  const compressed = deflateRawSync('{"token":"abc"}')
  withCapture(
    writer => {
      writer.connection(connectionOf(1))
      const { response, ...rest } = exchangeOf(1, { upgraded: 'websocket' })
      const headers = [['Sec-WebSocket-Extensions', 'permessage-deflate']] as const
      writer.exchange({ ...rest, response: { ...response!, head: { ...response!.head, headers } } })
      writer.streamMessage(1, message(0, Buffer.from('{"token":"abc"}')))
      writer.streamMessage(1, message(1, compressed, { compressed: true }))
      writer.streamMessage(1, message(2, Buffer.from('no deflate'), { compressed: true }))
      writer.streamMessage(1, message(3, Buffer.from('{"a":1}')))
      writer.actedOn(1, 3, { how: 'changed', acts: [], server: { length: 13, bytes: Buffer.from('{"secret":"x"}') } })
    },
    capture => {
      const { told, said } = telling()
      const read = redactedMessages(capture, defaultRules, () => told)
      const texts = (page: readonly StreamMessage[]) => page.map(({ bytes }) => Buffer.from(bytes).toString())
      const clean = '{"token":"REDACTED"}'
      const all = read(1, { limit: 10 })
      assert.deepEqual(texts(all), [clean, clean, '', '{"a":1}'])
      assert.deepEqual(
        all.map(each => each.compressed),
        [false, false, false, false],
      )
      assert.equal(Buffer.from(all[3]!.acted!.server!.bytes).toString(), '{"secret":"REDACTED"}')
      assert.deepEqual(texts(read(1, { from: 1, limit: 1 })), [clean])
      assert.deepEqual(texts(read(1, { from: 3, limit: 5 })), ['{"a":1}'])
      assert.ok(said.includes('message that could not be looked into in WebSocket message'))
    },
  )
})
