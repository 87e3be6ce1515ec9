import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WebSocketMessage } from '../../../src/observe/plain.ts'
import { WebSocketObserver } from '../../../src/observe/websocket/observer.ts'
import { everySplit } from '../../wire/every-split.ts'
import { webSocketFrame } from '../../wire/websocket/frame-bytes.ts'

const watching = () => {
  const problems: string[] = []
  const messages: WebSocketMessage[] = []
  const observer = new WebSocketObserver(
    7,
    problem => problems.push(`${problem.code} ${problem.blame}`),
    (key, message) => {
      assert.equal(key, 7)
      messages.push(message)
    },
  )
  const answer = () => ({
    problems,
    messages: messages.map(m => ({ ...m, bytes: Buffer.from(m.bytes).toString('latin1') })),
  })
  return { observer, messages, push: (bytes: Uint8Array) => observer.push('to-server', 3, bytes), answer }
}

test('frames come unmasked, one message each, wherever they are cut', () => {
  const bytes = Buffer.concat([
    webSocketFrame(1, Buffer.from('hel'), true, 4, false),
    webSocketFrame(9, Buffer.alloc(0), true),
    webSocketFrame(0, Buffer.from('lo'), true),
  ])
  const { messages, problems } = everySplit(bytes, watching)
  const base = { direction: 'to-server', at: 3 } as const
  assert.deepEqual(messages, [
    { ...base, opcode: 1, fin: false, bytes: 'hel', length: 3, compressed: true },
    { ...base, opcode: 9, fin: true, bytes: '', length: 0, compressed: false },
    { ...base, opcode: 0, fin: true, bytes: 'lo', length: 2, compressed: false },
  ])
  assert.deepEqual(problems, [])
})

test('masking belongs to clients alone, and is told once', () => {
  const { observer, push, answer } = watching()
  const bare = webSocketFrame(1, Buffer.from('a'), false)
  push(bare)
  push(bare)
  observer.push('to-client', 3, webSocketFrame(1, Buffer.from('a'), true))
  assert.deepEqual(answer().problems, ['websocket/bad-masking client', 'websocket/bad-masking server'])
})

test('a payload over 1 MB is kept in part and counted whole', () => {
  const { push, messages } = watching()
  push(webSocketFrame(2, new Uint8Array(2 ** 20 + 10), true))
  push(webSocketFrame(2, Buffer.from('next'), true))
  assert.deepEqual(
    messages.map(m => [m.length, m.bytes.length]),
    [
      [2 ** 20 + 10, 2 ** 20],
      [4, 4],
    ],
  )
})

test('behind a gap in a payload nothing is kept until the next frame; the length tells that bytes are missing', () => {
  const { observer, answer } = watching()
  const frame = webSocketFrame(2, Buffer.from('AAAA----BBBB'), true)
  observer.push('to-server', 1, frame.subarray(0, -8))
  observer.gap('to-server', 2, 4)
  observer.push('to-server', 3, frame.subarray(-4))
  observer.push('to-server', 4, frame.subarray(0, -4))
  observer.gap('to-server', 5, 4)
  observer.push('to-server', 6, frame)
  assert.deepEqual(
    answer().messages.map(m => [m.bytes, m.length]),
    [
      ['AAAA', 12],
      ['AAAA----', 12],
      ['AAAA----BBBB', 12],
    ],
  )
  assert.deepEqual(answer().problems, [])
})

test('a gap is Parley’s fault and stops its direction only', () => {
  const { observer, push, answer } = watching()
  observer.gap('to-server', 3, 1)
  push(webSocketFrame(1, Buffer.from('a'), true))
  observer.push('to-client', 3, webSocketFrame(1, Buffer.from('b'), false))
  assert.deepEqual(answer().problems, ['websocket/gap parley'])
  assert.deepEqual(
    answer().messages.map(m => m.bytes),
    ['b'],
  )
})
