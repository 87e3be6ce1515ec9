import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chop, pad, truncate, width, wrap } from '../../src/view/width.ts'

test('wide characters take two columns and combining ones none', () => {
  assert.equal(width('abc'), 3)
  assert.equal(width('名前'), 4)
  assert.equal(width('e\u0301'), 1)
  assert.equal(width('😀'), 2)
  assert.equal(width('한글'), 4)
  assert.equal(width('ｱ'), 1)
  assert.equal(width('│ ✓ → ≠'), 7)
})

test('flags, skin tones and keycaps are one picture of two columns', () => {
  assert.equal(width('🇩🇪'), 2)
  assert.equal(width('👍🏽'), 2)
  assert.equal(width('1\u20e3'), 2)
  assert.equal(truncate('🇩🇪🇫🇷', 3), '🇩🇪…')
})

test('emoji families, flags of regions and pictures that are joined are one picture of two columns', () => {
  assert.equal(width('👨‍👩‍👧‍👦'), 2)
  assert.equal(width('👩🏽‍💻'), 2)
  assert.equal(width('🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'), 2)
  assert.equal(width('🏳️‍🌈x'), 3)
  assert.equal(truncate('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 3), '👨‍👩‍👧‍👦…')
})

test('what Unicode made wide or left narrow since is counted so', () => {
  assert.equal(width('\u{1d300}'), 2) // Tai Xuan Jing, wide since Unicode 16
  assert.equal(width('\u4dc0'), 2) // a hexagram, too
  assert.equal(width('\u303f'), 1) // the half fill space stands among wide ones
})

test('a text that fits is not cut', () => {
  assert.equal(truncate('abc', 3), 'abc')
  assert.equal(truncate('名前', 4), '名前')
})

test('a text that does not fit ends in an ellipsis and never takes more columns', () => {
  assert.equal(truncate('abcd', 3), 'ab…')
  assert.equal(truncate('名前', 3), '名…')
  assert.equal(truncate('a名前b', 4), 'a名…')
  for (const text of ['名前名前', 'a名b前c', 'e\u0301e\u0301e\u0301', '😀😀x'])
    for (let columns = 0; columns < 10; columns++)
      assert.ok(width(truncate(text, columns)) <= columns, `${text} ${columns}`)
})

test('marks piled on one letter are cut', () => {
  const piled = `a${'\u0301'.repeat(10_000)}`
  assert.ok(truncate(piled, 10).length < 100)
})

test('chopping loses nothing, fills each piece, and no piece is too wide', () => {
  for (const text of [
    'x'.repeat(25),
    'ab漢字'.repeat(9),
    '🇩🇪👍🏽é'.repeat(9),
    'e\u0301'.repeat(25),
    '\ufffd'.repeat(25),
    '',
  ]) {
    const pieces = chop(text, 10)
    assert.equal(pieces.join(''), text)
    assert.ok(
      pieces.every((piece, i) => width(piece) <= 10 && (i === pieces.length - 1 || width(piece) >= 9)),
      text,
    )
  }
  assert.deepEqual(chop('abcdefg', 4, 2), ['ab', 'cdef', 'g'])
  assert.deepEqual(chop('漢字', 4, 1), ['', '漢字'])
  assert.deepEqual(chop('abc', 1), ['abc'])
})

test('padding counts columns and not characters', () => {
  assert.equal(pad('名', 4), '名  ')
  assert.equal(pad('7', 3, 'left'), '  7')
  assert.equal(pad('abcdef', 3), 'ab…')
})

test('lines break between words', () => {
  assert.deepEqual(wrap('one two three', 8), ['one two', 'three'])
})

test('a word that is too long is cut', () => {
  assert.deepEqual(wrap('a verylongword b', 6), ['a', 'veryl…', 'b'])
})

test('no text is no line', () => {
  assert.deepEqual(wrap('', 10), [])
})

test('chopping leaves a family whole', () => {
  const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'
  assert.deepEqual(chop(family.repeat(3), 5), [family.repeat(2), family])
})
