import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { StreamMessage } from '../../../src/model/stream-message.ts'
import type { WebSocketMessage } from '../../../src/observe/plain.ts'
import { MessageAssembler } from '../../../src/observe/websocket/message-assembler.ts'
import { WebSocketObserver } from '../../../src/observe/websocket/observer.ts'
import { everySplit } from '../../wire/every-split.ts'
import { webSocketFrame } from '../../wire/websocket/frame-bytes.ts'

const frame = (opcode: number, text: string, over: Partial<WebSocketMessage> = {}): WebSocketMessage => ({
  direction: 'to-server',
  at: 1,
  opcode,
  fin: true,
  bytes: Buffer.from(text),
  length: text.length,
  compressed: false,
  ...over,
})

const assembled = (frames: readonly WebSocketMessage[], end = true) => {
  const messages: StreamMessage[] = []
  const assembler = new MessageAssembler(message => messages.push(message))
  for (const each of frames) assembler.push(each)
  if (end) assembler.end()
  return messages.map(each => ({ ...each, bytes: Buffer.from(each.bytes).toString('latin1') }))
}
const short = (messages: ReturnType<typeof assembled>) =>
  messages.map(m => `${m.seq} ${m.direction} ${m.opcode} ${m.bytes} ${m.frames}${m.complete ? '' : ' incomplete'}`)

test('fragments become one message, with control frames and the other direction between them', () => {
  const frames = [
    frame(1, 'hel', { fin: false, compressed: true, at: 5 }),
    frame(9, 'p'),
    frame(2, 'other', { direction: 'to-client' }),
    frame(0, 'lo', { at: 8 }),
  ]
  const messages = assembled(frames)
  assert.deepEqual(short(messages), ['0 to-server 9 p 1', '1 to-client 2 other 1', '2 to-server 1 hello 2'])
  assert.deepEqual([messages[2]!.at, messages[2]!.endedAt, messages[2]!.compressed], [5, 8, true])
})

test('a message that never ends is told at the end, or when another begins inside it', () => {
  assert.deepEqual(short(assembled([frame(1, 'a', { fin: false }), frame(1, 'b', { fin: false })])), [
    '0 to-server 1 a 1 incomplete',
    '1 to-server 1 b 1 incomplete',
  ])
  assert.deepEqual(assembled([frame(1, 'a', { fin: false })], false), [])
})

test('the end is told once, and what follows counts on', () => {
  const seen: number[] = []
  const assembler = new MessageAssembler(({ seq }) => seen.push(seq))
  assembler.push(frame(1, 'a', { fin: false }))
  assembler.end()
  assembler.end()
  assembler.push(frame(1, 'b'))
  assert.deepEqual(seen, [0, 1])
})

test('64 KB are kept, 1 MB of a compressed one, and nothing after bytes that are missing', () => {
  const big = frame(1, 'x'.repeat(60_000), { fin: false })
  const more = frame(0, 'y'.repeat(60_000))
  const [kept] = assembled([big, more])
  assert.deepEqual([kept!.bytes.length, kept!.length], [65_536, 120_000])
  assert.equal(assembled([{ ...big, compressed: true }, more])[0]!.bytes.length, 120_000)
  const [gapped] = assembled([frame(1, 'abc', { fin: false, length: 9 }), frame(0, 'def')])
  assert.deepEqual([gapped!.bytes, gapped!.length], ['abc', 12])
})

test('messages are the same wherever the network cuts', () => {
  const bytes = Buffer.concat([
    webSocketFrame(1, Buffer.from('hel'), true, 0, false),
    webSocketFrame(9, Buffer.from('p'), true),
    webSocketFrame(0, Buffer.from('lo'), true),
    webSocketFrame(8, Buffer.from([3, 232]), true),
  ])
  const messages = everySplit(bytes, () => {
    const told: StreamMessage[] = []
    const assembler = new MessageAssembler(message => told.push(message))
    const observer = new WebSocketObserver(
      1,
      ({ message }) => assert.fail(message),
      (_, each) => assembler.push(each),
    )
    return {
      push: (part: Uint8Array) => observer.push('to-server', 1, part),
      answer: () => told.map(each => ({ ...each, bytes: Buffer.from(each.bytes).toString('latin1') })),
    }
  })
  assert.deepEqual(short(messages), ['0 to-server 9 p 1', '1 to-server 1 hello 2', '2 to-server 8 \x03\xe8 1'])
})

test('no frames are lost or told twice', () => {
  const any = fc.record({ opcode: fc.nat(15), fin: fc.boolean(), toClient: fc.boolean() })
  fc.assert(
    fc.property(fc.array(any), all => {
      const messages = assembled(
        all.map(({ opcode, fin, toClient }) =>
          frame(opcode, 'x', { fin, direction: toClient ? 'to-client' : 'to-server' }),
        ),
      )
      assert.equal(
        messages.reduce((sum, { frames }) => sum + frames, 0),
        all.length,
      )
      assert.deepEqual(
        messages.map(({ seq }) => seq),
        messages.map((_, index) => index),
      )
    }),
  )
})
