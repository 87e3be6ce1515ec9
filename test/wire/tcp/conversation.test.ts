import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Conversation } from '../../../src/wire/tcp/conversation.ts'
import type { Segment } from '../../../src/wire/tcp/read-segment.ts'

function listening() {
  const told: string[] = []
  const arrow = (direction: string) => (direction === 'to-server' ? '>' : '<')
  const conversation = new Conversation({
    data: (direction, _at, bytes) => void told.push(`${arrow(direction)} ${Buffer.from(bytes).toString()}`),
    gap: (direction, _at, length) => void told.push(`${arrow(direction)} ${length} missing`),
    end: direction => void told.push(`${arrow(direction)} end`),
  })
  const segment = (
    sequence: number,
    acknowledged: number | undefined,
    text: string,
    flags: Partial<Segment>,
  ): Segment => ({
    ...{ sourcePort: 1, destinationPort: 2, sequence, acknowledged, syn: false, fin: false, rst: false },
    ...{ payload: Buffer.from(text), length: text.length },
    ...flags,
  })
  return {
    conversation,
    told,
    up: (sequence: number, acknowledged: number | undefined, text = '', flags: Partial<Segment> = {}) =>
      conversation.push('to-server', 0, segment(sequence, acknowledged, text, flags)),
    down: (sequence: number, acknowledged: number | undefined, text = '', flags: Partial<Segment> = {}) =>
      conversation.push('to-client', 0, segment(sequence, acknowledged, text, flags)),
  }
}

test('a whole connection, from SYN to the last FIN', () => {
  const { conversation, told, up, down } = listening()
  up(99, undefined, '', { syn: true })
  down(499, 100, '', { syn: true })
  up(100, 500, 'ask')
  down(500, 103, 'answer')
  up(103, 506, '', { fin: true })
  assert.equal(conversation.isOver, false)
  down(506, 104, '', { fin: true })
  assert.deepEqual(told, ['> ask', '< answer', '> end', '< end'])
  assert.deepEqual([conversation.isOver, conversation.bytes], [true, { toServer: 3, toClient: 6 }])
})

test('an answer that was captured before its question waits for it', () => {
  const { told, up, down } = listening()
  up(99, undefined, '', { syn: true })
  down(499, 100, '', { syn: true })
  down(500, 103, 'answer')
  down(506, 103, ' goes on')
  assert.deepEqual(told, [])
  up(100, 500, 'ask')
  assert.deepEqual(told, ['> ask', '< answer', '<  goes on'])
})

test('a question that was lost to the capture is a gap before its answer', () => {
  const { told, up, down, conversation } = listening()
  up(99, undefined, '', { syn: true })
  down(499, 100, '', { syn: true })
  down(500, 103, 'answer')
  up(103, 506, 'more')
  assert.deepEqual(told, [])
  for (let i = 0; i < 6; i++) down(506, 107)
  assert.deepEqual(told, ['> 3 missing', '< answer', '> more'])
  conversation.close(0)
})

test('where a capture begins within it, what was acknowledged before is no part of it', () => {
  const { told, up, down } = listening()
  up(1000, 9000, 'ask')
  down(9000, 1003, 'answer')
  assert.deepEqual(told, ['> ask', '< answer'])
})

test('data may come with the SYN, and what is held is told when nothing follows', () => {
  const { told, up, down, conversation } = listening()
  up(99, undefined, 'fast', { syn: true })
  down(499, 110, 'late')
  conversation.close(0)
  assert.deepEqual(told, ['> fast', '> 6 missing', '< late'])
})
