import assert from 'node:assert/strict'
import { test } from 'node:test'
import { note, Outline, plainLines } from '../../../src/view/body/outline.ts'

test('lines indent below an open one, which knows how many it hides', () => {
  const outline = new Outline(10)
  outline.open('[', '$')
  outline.line('1')
  outline.open('{')
  outline.line('2')
  outline.close('}', ' … }')
  outline.append(',')
  outline.close(']', ' … 2 ]')
  const lines = outline.finish()
  assert.deepEqual(
    lines.map(({ text, depth }) => [depth, text]),
    [
      [0, '['],
      [1, '1'],
      [1, '{'],
      [2, '2'],
      [1, '},'],
      [0, ']'],
    ],
  )
  assert.deepEqual(lines[0]!.fold, { lines: 5, text: '[ … 2 ]' })
  assert.deepEqual(lines[2]!.fold, { lines: 2, text: '{ … },' })
  assert.equal(lines[0]!.path, '$')
})

test('lines past the limit are counted, and no fold hides the count', () => {
  const outline = new Outline(3)
  outline.open('[')
  for (const text of ['1', '2', '3']) outline.line(text)
  outline.close(']')
  const lines = outline.finish()
  assert.deepEqual(
    lines.map(({ text }) => text),
    ['[', '1', '… 3 more lines'],
  )
  assert.equal(lines[0]!.fold!.lines, 1)
})

test('every text is made printable, in spans as well', () => {
  const outline = new Outline(3)
  outline.line('\x1b', '$\x1b')
  outline.line([{ text: '\u202e' }])
  assert.deepEqual(outline.finish(), [
    { text: '\\x1b', depth: 0, path: '$\\x1b' },
    { text: '\\u{202e}', depth: 0, spans: [{ text: '\\u{202e}' }] },
  ])
  assert.equal(note('\x1b').text, '\\x1b')
})

test('closing more than was opened does no harm', () => {
  const outline = new Outline(3)
  outline.close('}')
  assert.deepEqual(outline.finish(), [{ text: '}', depth: 0 }])
})

test('plain lines keep the first and count the others', () => {
  assert.deepEqual(
    plainLines(['a', 'b', 'c'], 2).map(({ text }) => text),
    ['a', '… 2 more lines'],
  )
  assert.equal(plainLines(['a', 'b'], 2).length, 2)
})
