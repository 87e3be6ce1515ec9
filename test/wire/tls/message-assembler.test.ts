import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Content, MessageAssembler } from '../../../src/wire/tls/message-assembler.ts'

const piece = (bytes: readonly number[], record: number, type = 22): Content => ({
  type,
  bytes: Uint8Array.from(bytes),
  at: record,
  record,
  encrypted: false,
})

test('a message over several records names each of them, wherever it is cut', () => {
  const bytes = [1, 0, 0, 3, 7, 8, 9, 14, 0, 0, 0, 20, 0, 0, 1, 5]
  for (let cut = 1; cut < bytes.length; cut++) {
    const assembler = new MessageAssembler()
    const messages = [...assembler.push(piece(bytes.slice(0, cut), 0)), ...assembler.push(piece(bytes.slice(cut), 1))]
    assert.deepEqual(
      messages.map(m => [...m.bytes]),
      [bytes.slice(0, 7), bytes.slice(7, 11), bytes.slice(11)],
    )
    assert.deepEqual(messages[0]?.records, cut < 7 ? [0, 1] : [0])
    assert.deepEqual(messages[1]?.records, cut <= 7 ? [1] : cut < 11 ? [0, 1] : [0])
    assert.deepEqual(messages[2]?.records, cut <= 11 ? [1] : [0, 1])
    assert.equal(assembler.unfinished(), undefined)
    assert.equal(assembler.takeProblem(), undefined)
  }
})

test('alerts are two bytes each, together or apart', () => {
  const assembler = new MessageAssembler()
  assert.equal(assembler.push(piece([1], 0, 21)).length, 0)
  assert.equal(assembler.unfinished(), 'an alert is cut after 1 of 2 bytes')
  const messages = assembler.push(piece([0, 2, 40], 1, 21))
  assert.deepEqual(
    messages.map(m => [[...m.bytes], m.records]),
    [
      [
        [1, 0],
        [0, 1],
      ],
      [[2, 40], [1]],
    ],
  )
})

test('a message of 16 MiB is refused by its length, and nothing after it is told', () => {
  const assembler = new MessageAssembler()
  assert.deepEqual(assembler.push(piece([11, 255, 255, 255, 0], 0)), [])
  assert.match(assembler.takeProblem() ?? '', /claims 16777219 bytes, more than 1048576/)
  assert.deepEqual(assembler.push(piece([14, 0, 0, 0], 1)), [])
  assert.equal(assembler.unfinished(), undefined)
})

test('a message before one that is too long is still told', () => {
  const assembler = new MessageAssembler()
  const messages = assembler.push(piece([14, 0, 0, 0, 11, 255, 255, 255, 0], 0))
  assert.equal(messages.length, 1)
  assert.match(assembler.takeProblem() ?? '', /claims 16777219 bytes/)
})

test('an alert inside a handshake message is a problem, and the alert is told', () => {
  const assembler = new MessageAssembler()
  assembler.push(piece([1, 0, 0, 9, 0], 0))
  assert.equal(assembler.push(piece([2, 40], 1, 21)).length, 1)
  assert.equal(assembler.takeProblem(), 'a handshake message is interrupted by content type 21 after 5 bytes')
})

test('application data is no message, and change_cipher_spec is one whatever its bytes', () => {
  const assembler = new MessageAssembler()
  assert.deepEqual(assembler.push(piece([1, 2, 3], 0, 23)), [])
  assert.equal(assembler.push(piece([1, 2], 1, 20))[0]?.bytes.length, 2)
})
