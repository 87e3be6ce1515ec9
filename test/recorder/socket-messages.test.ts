import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ActedMessage } from '../../src/model/acted-event.ts'
import type { Direction } from '../../src/model/party.ts'
import type { ActedOnMessage, StreamMessage } from '../../src/model/stream-message.ts'
import { SocketMessages } from '../../src/recorder/socket-messages.ts'

const acts = [{ by: 'rule', did: 'replaced a' }]
const told = (direction: Direction, place: number, how: 'changed' | 'dropped', length: number): ActedMessage => ({
  type: 'stream-message',
  ...{ direction, place, how, opcode: 1, length, acts },
})

function socket() {
  const messages: StreamMessage[] = []
  const acted = new Map<number, ActedOnMessage>()
  const it = new SocketMessages(
    message => messages.push(message),
    (seq, done) => acted.set(seq, done),
  )
  const say = (direction: Direction, text: string, opcode = 1): void => {
    const bytes = Buffer.from(text)
    it.push({ direction, at: 1, opcode, fin: true, bytes, length: bytes.length, compressed: false })
  }
  const own = (direction: Direction, text: string): boolean => it.content(direction, Buffer.from(text))
  const server = (seq: number): string | undefined => {
    const bytes = acted.get(seq)?.server?.bytes
    return bytes && Buffer.from(bytes).toString()
  }
  return { it, messages, acted, say, own, server }
}

test('a changed message has what the server got, whether that is told before it or after', () => {
  const { it, say, own, acted, server } = socket()
  say('to-server', 'one')
  say('to-server', 'ping', 9) // has no place
  say('to-server', 'two')
  it.acted(2, told('to-server', 1, 'changed', 5))
  own('to-server', 'TW')
  assert.equal(acted.size, 0)
  own('to-server', 'OOO')
  it.acted(3, told('to-client', 0, 'changed', 2))
  own('to-client', 'hi')
  assert.deepEqual([...acted.keys()], [2])
  say('to-client', 'HI')
  assert.deepEqual([server(2), server(3)], ['TWOOO', 'hi'])
  assert.deepEqual(acted.get(2)?.acts, acts)
})

test('a message that the client never got stands where it would have come', () => {
  const { it, say, own, messages, acted } = socket()
  it.acted(2, told('to-client', 1, 'dropped', 6))
  own('to-client', 'secret')
  assert.equal(messages.length, 0)
  say('to-client', 'first')
  say('to-client', 'second')
  assert.deepEqual(
    messages.map(({ seq, bytes }) => [seq, Buffer.from(bytes).toString()]),
    [
      [0, 'first'],
      [1, 'secret'],
      [2, 'second'],
    ],
  )
  assert.deepEqual([...acted], [[1, { how: 'dropped', acts }]])
})

test('a message that the server never got is the client’s', () => {
  const { it, say, messages, acted } = socket()
  say('to-server', 'secret')
  it.acted(2, told('to-server', 0, 'dropped', 0))
  assert.equal(messages.length, 1)
  assert.deepEqual([...acted], [[0, { how: 'dropped', acts }]])
})

test('what was missed of a payload leaves its beginning, and the next message is whole', () => {
  const { it, say, own, acted, server } = socket()
  say('to-server', 'one')
  say('to-server', 'two')
  it.acted(2, told('to-server', 0, 'changed', 9))
  own('to-server', 'abc')
  assert.equal(it.gap('to-server', 3), true)
  own('to-server', 'ghi')
  it.acted(2, told('to-server', 1, 'changed', 2))
  own('to-server', 'ok')
  assert.deepEqual([server(0), acted.get(0)?.server?.length, server(1)], ['abc', 9, 'ok'])
})

test('of a long payload the beginning is kept', () => {
  const { it, say, own, server } = socket()
  say('to-server', 'one')
  it.acted(2, told('to-server', 0, 'changed', 100_000))
  own('to-server', 'x'.repeat(60_000))
  own('to-server', 'y'.repeat(40_000))
  assert.equal(server(0)?.length, 65_536)
})

test('content that belongs to no message is not taken', () => {
  const { it, own } = socket()
  assert.deepEqual([own('to-server', 'x'), it.gap('to-server', 3)], [false, false])
})

test('what is told of messages that never come is let go of', () => {
  const { it, say, acted } = socket()
  for (let place = 0; place < 1000; place++) it.acted(1, told('to-server', place, 'changed', 0))
  for (let place = 0; place < 1000; place++) say('to-server', 'x')
  assert.equal(acted.size, 64)
})

test('a socket that ends tells of the message that was half here', () => {
  const { it, say, own, server } = socket()
  say('to-server', 'one')
  it.acted(2, told('to-server', 0, 'changed', 9))
  own('to-server', 'abc')
  it.end()
  assert.equal(server(0), 'abc')
})

test('what breaks the rules of fragments has no place', () => {
  const { it, say, own, messages, server } = socket()
  say('to-server', 'continues nothing', 0)
  const bytes = Buffer.from('unfinished')
  it.push({ direction: 'to-server', at: 1, opcode: 1, fin: false, bytes, length: bytes.length, compressed: false })
  say('to-server', 'whole')
  it.acted(2, told('to-server', 0, 'changed', 2))
  own('to-server', 'OK')
  assert.deepEqual([messages.length, server(2)], [3, 'OK'])
})
