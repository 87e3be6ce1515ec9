import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldFragment, hasFieldBlock } from '../../../src/wire/http2/field-fragment.ts'
import { flag, frameType } from '../../../src/wire/http2/names.ts'

const fragment = (type: number, flags: number, payload: readonly number[]) =>
  fieldFragment({ type, flags, stream: 1, length: payload.length }, Uint8Array.from(payload))

test('a fragment stands after pad length, priority and promised stream, and before the padding', () => {
  const { headers, pushPromise, continuation } = frameType
  assert.deepEqual(fragment(headers, 0, [0x82, 0x87]), { start: 0, end: 2 })
  assert.deepEqual(fragment(headers, flag.padded, [2, 0x82, 0, 0]), { start: 1, end: 2 })
  assert.deepEqual(fragment(headers, flag.padded | flag.priority, [1, 0, 0, 0, 3, 15, 0x82, 0]), { start: 6, end: 7 })
  assert.deepEqual(fragment(pushPromise, 0, [0, 0, 0, 2, 0x82]), { start: 4, end: 5 })
  assert.deepEqual(fragment(pushPromise, flag.padded, [1, 0, 0, 0, 2, 0x82, 0]), { start: 5, end: 6 })
  assert.deepEqual(fragment(continuation, flag.padded | flag.priority, [0x82]), { start: 0, end: 1 })
})

test('padding that is longer than the frame leaves no fragment', () => {
  const { start, end } = fragment(frameType.headers, flag.padded, [9, 0x82])
  assert.ok(start > end)
})

test('three types of frames carry field blocks', () => {
  assert.deepEqual(Array.from({ length: 20 }, (_, type) => type).filter(hasFieldBlock), [1, 5, 9])
})
