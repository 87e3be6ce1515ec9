import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  bytes,
  checked,
  flag,
  list,
  number,
  oneOf,
  optional,
  pair,
  record,
  text,
  time,
  whole,
} from '../../src/store/shape.ts'

const things = [undefined, null, true, -1, 0.5, 7, 2 ** 53, Number.NaN, 8.64e15 + 1, 'a', [], ['a', 'b'], { a: 'a' }]
const accepted = (holds: (value: unknown) => boolean): unknown[] => things.filter(holds)

test('each shape takes its own values alone', () => {
  assert.deepEqual(accepted(text), ['a'])
  assert.deepEqual(accepted(flag), [true])
  assert.deepEqual(accepted(number), [-1, 0.5, 7, 2 ** 53, 8.64e15 + 1])
  assert.deepEqual(accepted(whole), [7, 8.64e15 + 1])
  assert.deepEqual(accepted(time), [-1, 0.5, 7])
  assert.deepEqual(accepted(oneOf('a', 'b')), ['a'])
  assert.deepEqual(accepted(optional(text)), [undefined, 'a'])
  assert.deepEqual(accepted(list(text)), [[], ['a', 'b']])
  assert.deepEqual(accepted(pair(text, text)), [['a', 'b']])
  assert.deepEqual(accepted(record<{ readonly a: string }>({ a: text })), [{ a: 'a' }])
  assert.deepEqual(accepted(bytes), [])
  assert.ok(bytes(new Uint8Array(1)))
})

test('a value of another shape is told by where it stood', () => {
  assert.equal(checked('a', text, 'here'), 'a')
  assert.throws(() => checked(1, text, 'flow 7'), { message: 'flow 7 is not what Parley writes' })
})
