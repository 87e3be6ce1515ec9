import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonText, printable, printableLines } from '../../src/view/printable.ts'

const every = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i))

const mustEscape: readonly (readonly [string, number, number])[] = [
  ['C0', 0x00, 0x1f],
  ['DEL and C1', 0x7f, 0x9f],
  ['soft hyphen', 0xad, 0xad],
  ['combining grapheme joiner', 0x34f, 0x34f],
  ['arabic letter mark', 0x61c, 0x61c],
  ['hangul fillers', 0x115f, 0x1160],
  ['zero-width characters and marks', 0x200b, 0x200f],
  ['line and paragraph separator, bidi embeddings', 0x2028, 0x202e],
  ['word joiner and invisible operators', 0x2060, 0x2064],
  ['bidi isolates', 0x2066, 0x2069],
  ['deprecated format characters', 0x206a, 0x206f],
  ['variation selectors', 0xfe00, 0xfe0f],
  ['byte order mark', 0xfeff, 0xfeff],
  ['lone surrogates', 0xd800, 0xdfff],
  ['interlinear annotations', 0xfff9, 0xfffb],
  ['tags', 0xe0000, 0xe007f],
  ['variation selectors supplement', 0xe0100, 0xe01ef],
]

for (const [what, from, to] of mustEscape)
  test(`no character of ${what} reaches the terminal`, () => {
    for (const character of every(from, to)) {
      const shown = printable(`a${character}b`)
      assert.match(shown, /^a\\(?:[nrt]|x[0-9a-f]{2}|u\{[0-9a-f]{4,6}\})b$/, JSON.stringify(character))
    }
  })

test('the form of an escape tells the code point', () => {
  assert.equal(printable('\x1b[31m\x07\x9b'), '\\x1b[31m\\x07\\x9b')
  assert.equal(printable('\n\r\t'), '\\n\\r\\t')
  assert.equal(printable('\u202e\u{e0041}\ud800'), '\\u{202e}\\u{e0041}\\u{d800}')
})

test('ordinary text of any script stays', () => {
  const text = 'GET /köln?x=%20 名前 שלום مرحبا 😀 é e\u0301 \\x1b “quoted” ✓ │'
  assert.equal(printable(text), text)
})

test('a second pass changes nothing', () => {
  const once = printable('\x1b]8;;http://evil\x07 \u202e \ud800')
  assert.equal(printable(once), once)
})

test('every code point of the first plane is either kept or escaped whole', () => {
  for (let code = 0; code < 0x10000; code++) {
    const character = String.fromCharCode(code)
    const shown = printable(character)
    assert.ok(shown === character || shown.startsWith('\\'), code.toString(16))
    assert.doesNotMatch(shown, /[\x00-\x1f\x7f-\x9f]/)
  }
})

test('lines end at LF and CRLF, and a lone CR shows', () => {
  assert.deepEqual(printableLines('a\r\nb\nc\rd'), ['a', 'b', 'c\\rd'])
})

test('a tab fills up to the next fourth column', () => {
  assert.deepEqual(printableLines('\tx\nab\tc\nabcd\te'), ['    x', 'ab  c', 'abcd    e'])
})

const hostile = { 'k\u202e': 'a\x1b[0m\x7f\x9b\u200b\ud800\udb40\udc41\u2028é😀\\' }

test('the text reads back to the same value', () => {
  assert.deepEqual(JSON.parse(jsonText(hostile)), hostile)
})

test('the text holds nothing that acts on a terminal', () => {
  const text = jsonText(hostile)
  assert.equal(printable(text), text)
  assert.ok(text.includes('é😀'))
})
