import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Header } from '../../../../../src/model/exchange.ts'
import { FieldPath } from '../../../../../src/proxy/relay/acting/http2/field-path.ts'
import { HpackDecoder } from '../../../../../src/wire/http2/hpack/decoder.ts'
import { HpackEncoder } from '../../../../../src/wire/http2/hpack/encoder.ts'

const line = (i: number): Header => [`name-${i}`, `value ${i}`]

/** A sender that indexes all; `send` gives the block, and what a receiver makes of what goes on. */
function talk() {
  const path = new FieldPath()
  const sender = new HpackEncoder()
  const receiver = new HpackDecoder()
  const read = (fields: readonly Header[], ways: readonly number[]) => {
    const block = sender.encode(fields, Uint8Array.from(ways))
    path.read(block, 0, block.length)
    return block
  }
  return { path, sender, receiver, read }
}

test('a block that is dropped, and all behind it: the receiver’s table goes its own way', () => {
  const { path, receiver, read } = talk()
  receiver.decode(read([line(1)], [1]))
  path.passed()
  read([line(2)], [1])
  path.fork()
  for (const fields of [
    [line(2), line(1)],
    [line(3), line(2)],
  ]) {
    read(fields, [0, 0])
    assert.deepEqual(receiver.decode(path.encode(fields, path.ways)), fields)
  }
  assert.deepEqual(
    receiver.table.entries().map(([name]) => name),
    ['name-3', 'name-2', 'name-1'],
  )
})

test('one of Parley’s own between two that pass', () => {
  const { path, receiver, read } = talk()
  receiver.decode(read([line(1)], [1]))
  path.passed()
  assert.deepEqual(receiver.decode(path.encode([line(9)], Uint8Array.of(2))), [line(9)])
  read([line(1)], [0])
  assert.deepEqual(receiver.decode(path.encode([line(1)], path.ways)), [line(1)])
})

test('table sizes that the sender says go on with the next block, as small as the receiver asks for', () => {
  const { path, sender, receiver, read } = talk()
  receiver.decode(read([line(1)], [1]))
  path.passed()
  path.allow(100)
  sender.resize(200)
  read([line(2)], [1])
  path.fork()
  assert.deepEqual(receiver.decode(path.encode([line(2)], path.ways)), [line(2)])
  assert.equal(receiver.table.maxSize, 100)
})
