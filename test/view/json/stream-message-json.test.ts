import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StreamMessage } from '../../../src/model/stream-message.ts'
import { streamMessageJson } from '../../../src/view/json/stream-message-json.ts'

const openedAt = 1000

const message = (over: Partial<StreamMessage>): StreamMessage => ({
  seq: 0,
  direction: 'to-client',
  at: 1002,
  endedAt: 1003,
  opcode: 1,
  frames: 2,
  compressed: false,
  complete: true,
  length: 2,
  bytes: Buffer.from('hi'),
  ...over,
})

test('a message is told with its payload and its times', () => {
  const told = message({})
  assert.deepEqual(streamMessageJson({ message: told, bytes: told.bytes }, openedAt), {
    direction: 'S>C',
    opcode: 1,
    name: 'text',
    frames: 2,
    compressed: false,
    complete: true,
    body: { length: 2, shown: 2, whole: true, text: 'hi' },
    time: 2,
    ended: 3,
  })
})

test('one that was compressed has its length on the wire, and the text that was meant', () => {
  const { body } = streamMessageJson(
    { message: message({ compressed: true, length: 7 }), bytes: Buffer.from('hello hello') },
    openedAt,
  )
  assert.deepEqual(body, { length: 7, shown: 11, whole: true, text: 'hello hello' })
})

test('one that was kept in part, or did not inflate, says so; an empty one has no body', () => {
  const part = message({ length: 9 })
  assert.equal(streamMessageJson({ message: part, bytes: part.bytes }, openedAt).body?.whole, false)
  const odd = message({ compressed: true, bytes: Buffer.from([0xff]), length: 1 })
  const { body, problem } = streamMessageJson({ message: odd, bytes: odd.bytes, problem: 'not inflated' }, openedAt)
  assert.deepEqual([body?.base64, problem], ['/w==', 'not inflated'])
  assert.ok(!('body' in streamMessageJson({ message: message({ length: 0 }), bytes: Buffer.of() }, openedAt)))
})
