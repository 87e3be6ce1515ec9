import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyBytes, bodyParts } from '../../../../src/export/pcapng/content/body-parts.ts'

const kept = Buffer.from('a'.repeat(70_000))
const source = { body: (_: number, __: string, from: number, length: number) => kept.subarray(from, from + length) }

test('a body passes in even steps, from its first byte to its last', () => {
  const parts = [...bodyParts(source, { id: 1, side: 'request', length: 140_000, from: 100, to: 200 })]
  assert.deepEqual(
    parts.map(({ length }) => length),
    [65_536, 65_536, 8928],
  )
  assert.deepEqual(
    parts.map(({ at }) => Math.round(at)),
    [147, 194, 200],
  )
  const bytes = Buffer.concat(parts.map(({ read, length }) => read(0, length)))
  assert.deepEqual(bytes, Buffer.concat([kept, Buffer.alloc(70_000)]))
  assert.equal(Buffer.from(parts[1]!.read(4462, 4)).toString('latin1'), 'aa\0\0')
})

test('zeros stand for what was not kept', () => {
  assert.deepEqual([...bodyBytes(source, 1, 'response', 69_999, 3)], [97, 0, 0])
  assert.deepEqual([...bodyParts(source, { id: 1, side: 'request', length: 0, from: 1, to: 1 })], [])
})
