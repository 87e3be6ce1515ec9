import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changedPart } from '../../../src/view/diff/changed-part.ts'

const parts = (left: string, right: string): [string, string] => {
  const { start, left: l, right: r } = changedPart(left, right)
  return [left.slice(start, l), right.slice(start, r)]
}

test('the middle that differs is told, on both sides', () => {
  assert.deepEqual(parts('"age": 41,', '"age": 42,'), ['1', '2'])
  assert.deepEqual(parts('one', 'one more'), ['', ' more'])
  assert.deepEqual(parts('aa', 'aaa'), ['', 'a'])
  assert.deepEqual(parts('same', 'same'), ['', ''])
  assert.deepEqual(parts('', 'x'), ['', 'x'])
})
