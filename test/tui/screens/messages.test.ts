import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Exchange } from '../../../src/model/exchange.ts'
import type { StreamMessage } from '../../../src/model/stream-message.ts'
import { plain } from '../../../src/tui/line.ts'
import { messagesRows } from '../../../src/tui/screens/messages.ts'
import { rowSource } from '../world.ts'

const exchange = { id: 5, request: { headAt: 100 }, response: { head: { headers: [] } } } as unknown as Exchange
const message = (seq: number, text: string): StreamMessage => ({
  seq,
  direction: seq % 2 === 0 ? 'to-server' : 'to-client',
  at: 101,
  endedAt: 101,
  opcode: 1,
  frames: 1,
  compressed: false,
  complete: true,
  length: text.length,
  bytes: Buffer.from(text),
})
const told = (messages: readonly StreamMessage[], count = messages.length): string =>
  messagesRows({ ...rowSource([]), messages: () => messages, messageCount: () => count }, exchange, new Set(), 60)
    .map(row => plain(row.line))
    .join('\n')

test('messages are told in order with their way and what they say', () => {
  assert.match(
    told([message(0, 'knock'), message(1, 'who is there')]),
    /2 WebSocket[\s\S]*→[\s\S]*knock[\s\S]*←[\s\S]*who is there/,
  )
})

test('what a peer sends cannot move the cursor', () => {
  assert.doesNotMatch(told([message(0, '\x1b[2Jgone\r\x9b')]), /[\x1b\r\x9b]/)
})

test('messages that are not shown are counted', () => {
  assert.match(told([message(0, 'a')], 7), /6 more messages/)
})
