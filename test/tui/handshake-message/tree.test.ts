import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFolded, parentOf, toggle, treeRows, withParentsOpen } from '../../../src/tui/handshake-message/tree.ts'
import type { DetailLine } from '../../../src/view/handshake/message-detail.ts'

const lines: DetailLine[] = [
  [0, 'client_hello'],
  [1, 'client_hello/random'],
  [1, 'client_hello/cipher_suites'],
  [2, 'client_hello/cipher_suites/suite'],
  [1, 'client_hello/extensions'],
  [2, 'client_hello/extensions/alpn'],
  [3, 'client_hello/extensions/alpn/name'],
].map(([indent, key]) => ({ indent: indent as number, key: key as string, name: key as string, shown: '' }))

const indexes = (toggled: ReadonlySet<number>): number[] => treeRows(lines, toggled).map(({ index }) => index)

test('at first the message and its extensions are open and the rest is folded', () => {
  assert.deepEqual(indexes(new Set()), [0, 1, 2, 4, 5])
})

test('a toggled line shows its children, toggled again it hides them', () => {
  const once = toggle(new Set<number>(), 2)
  assert.deepEqual(indexes(once), [0, 1, 2, 3, 4, 5])
  assert.deepEqual(indexes(toggle(once, 2)), [0, 1, 2, 4, 5])
})

test('what is folded hides all below it, open or not', () => {
  assert.deepEqual(indexes(new Set([4, 5])), [0, 1, 2, 4])
})

test('a line without children is not folded', () => {
  assert.equal(isFolded(lines, 1, new Set([1])), false)
  assert.equal(treeRows(lines, new Set())[1]!.folding, 'leaf')
})

test('the parent is the nearest line above with less indent', () => {
  assert.equal(parentOf(lines, 6), 5)
  assert.equal(parentOf(lines, 4), 0)
  assert.equal(parentOf(lines, 0), undefined)
})

test('opening the parents brings a hidden line to light', () => {
  assert.ok(indexes(withParentsOpen(lines, 6, new Set([4]))).includes(6))
})
