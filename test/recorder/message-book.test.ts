import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MessageBook } from '../../src/recorder/message-book.ts'

const frame = {
  direction: 'to-server',
  at: 1,
  opcode: 1,
  length: 0,
  bytes: new Uint8Array(0),
  compressed: false,
} as const

test('a message is written when it ends, and its exchange has changed', () => {
  const written: string[] = []
  const book = new MessageBook({
    streamMessage: (exchange, { seq }) => written.push(`${exchange} ${seq}`),
    actedOn: () => {},
  })
  const one = book.open(1)
  const two = book.open(2)
  one.push({ ...frame, fin: true })
  one.push({ ...frame, fin: true })
  two.push({ ...frame, fin: false })
  assert.deepEqual(written, ['1 0', '1 1'])
  assert.deepEqual(book.take(), [1])
  assert.deepEqual(book.take(), [])
  two.end()
  assert.deepEqual(book.take(), [2])
})
