import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isStream, jsonPieces, streamOf } from '../../../src/view/json/json-pieces.ts'
import { picked } from '../../../src/view/json/picked.ts'
import { jsonText } from '../../../src/view/printable.ts'

function* each<T>(values: readonly T[]): Generator<T> {
  yield* values
}

const text = (value: unknown): string => [...jsonPieces(value)].join('')
const hostile = 'a"\x1b\x9b\u202e'

test('streams are lists, on any level, and the rest is as in one piece', () => {
  const inner = [
    { id: 1, list: [1, 2] },
    { id: 2, list: [] },
  ]
  const value = {
    [hostile]: hostile,
    empty: each([]),
    deep: { of: each([]), at: 1 },
    absent: null,
    words: ['x', hostile],
  }
  const stream = streamOf(inner, ({ id, list }) => ({ id, list: each(list) }))
  const same = {
    [hostile]: hostile,
    empty: [],
    deep: { of: [], at: 1 },
    absent: null,
    words: ['x', hostile],
    list: inner,
  }
  assert.equal(text({ ...value, list: stream }), jsonText(same))
  assert.equal(text(each([])), '[]')
  assert.equal(text({}), '{}')
})

test('a value is made when its turn comes, and only where it is picked', () => {
  const made: number[] = []
  const stream = () => streamOf([1, 2], n => ({ n, made: made.push(n) }))
  const pieces = jsonPieces(picked({ a: stream(), b: stream() }, ['a.n']))
  while (made.length === 0) pieces.next()
  assert.deepEqual(made, [1])
  assert.equal([...pieces].join('').endsWith('{"n":2}]}'), true)
  assert.deepEqual(made, [1, 2])
})

test('a text and an array are no streams', () => {
  assert.deepEqual(['x', [], {}, null, each([])].map(isStream), [false, false, false, false, true])
})
