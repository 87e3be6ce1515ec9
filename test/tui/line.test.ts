import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  chopLine,
  columnsOf,
  compact,
  cut,
  fill,
  line,
  over,
  plain,
  prose,
  proseOf,
  span,
  spread,
} from '../../src/tui/line.ts'

const three = line('abc', span('def', 'bad'), 'ghi')

test('a line is cut inside a span, with an ellipsis in the last column', () => {
  assert.equal(plain(cut(three, 5)), 'abcd…')
  assert.equal(plain(cut(three, 9)), 'abcdefghi')
  assert.equal(plain(cut(three, 3)), 'ab…')
  assert.equal(plain(cut(three, 0)), '')
})

test('a wide character that does not fit leaves no line too wide', () => {
  for (let columns = 0; columns < 8; columns++) assert.ok(columnsOf(cut(line('a漢', '字b'), columns)) <= columns)
})

test('a filled line is exactly as wide as asked', () => {
  for (const columns of [2, 9, 20]) assert.equal(columnsOf(fill(three, columns)), columns)
  assert.equal(
    fill(three, 12, 'bar').every(({ ground }) => ground === 'bar'),
    true,
  )
})

test('a span keeps the ground that it has', () => {
  assert.equal(over(line(span('a', undefined, 'lit')), 'selected')[0]!.ground, 'lit')
})

test('the left of two texts gives way to the right', () => {
  assert.equal(plain(spread(line('left side'), line('right'), 12)), 'left … right')
  assert.equal(plain(spread(line('a'), line('b'), 6)), 'a    b')
})

test('neighbours that look the same become one span', () => {
  assert.deepEqual(compact(line('a', '', 'b', span('c', 'bad'))), [{ text: 'ab' }, { text: 'c', tone: 'bad' }])
})

test('a line is chopped across its spans, each piece with its look', () => {
  const spans = [span('abc'), span('defgh漢', 'bad'), span('i')]
  const chopped = chopLine(spans, 4).map(piece => piece.map(({ text, tone }) => `${text} ${tone ?? ''}`))
  assert.deepEqual(chopped, [['abc ', 'd bad'], ['efgh bad'], ['漢 bad', 'i ']])
  assert.deepEqual(chopLine(spans, 80), [spans])
  assert.deepEqual(chopLine([], 80), [[]])
})

test('prose breaks between words and chops a word that is too long', () => {
  assert.deepEqual(prose('one two three', 8), ['one two', 'three'])
  assert.deepEqual(prose('a abcdefghij', 4), ['a', 'abcd', 'efgh', 'ij'])
  assert.deepEqual(prose('', 4), [''])
})

test('prose of too many lines ends in an ellipsis', () => {
  const lines = proseOf('one two three four five', 8, 2)
  assert.equal(lines.length, 2)
  assert.match(lines[1]!, /…$/)
  assert.ok(columnsOf(line(lines[1]!)) <= 8)
})
