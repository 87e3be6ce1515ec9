import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Exchange } from '../../../src/model/exchange.ts'
import type { StreamMessage } from '../../../src/model/stream-message.ts'
import { messagesOf, messagesRows } from '../../../src/tui/flow/stream-messages.ts'
import { plain } from '../../../src/tui/line.ts'
import type { FlowSource } from '../../../src/tui/ports.ts'
import { deflated } from '../../view/make-messages.ts'
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
const withLength = (bytes: Uint8Array) => ({ bytes, length: bytes.length })
const sourceOf = (all: readonly StreamMessage[]): FlowSource => ({
  ...rowSource([]),
  messages: (_, from, limit) => all.slice(from, from + limit),
  messageCount: () => all.length,
})
const told = (messages: readonly StreamMessage[]): string =>
  messagesRows(sourceOf(messages), exchange, 0, new Set(), 60)
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

test('of many messages a part is shown at a time, and one knows which', () => {
  const all = Array.from({ length: 2500 }, (_, seq) => message(seq, `say ${seq}.`))
  const texts = [0, 2].map(part =>
    messagesRows(sourceOf(all), exchange, part, new Set(), 60)
      .map(row => plain(row.line))
      .join('\n'),
  )
  assert.match(texts[0]!, /2 500 WebSocket messages, part 1 of 3 \(\] and \[\)[\s\S]*say 0\.[\s\S]*say 999\.$/)
  assert.match(texts[1]!, /part 3 of 3[^\n]*\n[^\n]*\n[^\n]*say 2000\.[\s\S]*say 2499\.$/)
})

test('messages of a later part that refer to earlier ones are inflated, whichever part is looked at first', () => {
  const headers = [['sec-websocket-extensions', 'permessage-deflate']]
  const compressed = { ...exchange, response: { head: { headers } } } as unknown as Exchange
  const sentence = (seq: number): string => `sentence ${seq} comes again and again`
  const all = Array.from({ length: 2010 }, (_, seq) => ({
    ...message(seq, ''),
    direction: 'to-client' as const,
    compressed: true,
    ...withLength(deflated(sentence(seq), seq === 0 ? '' : sentence(seq - 1))),
  }))
  const source = sourceOf(all)
  for (const part of [2, 1, 2, 0])
    assert.equal(
      Buffer.from(messagesOf(source, compressed, part).at(-1)!.bytes).toString(),
      sentence(part === 2 ? 2009 : part * 1000 + 999),
    )
})
