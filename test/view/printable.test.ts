import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonText, printable, printableLines } from '../../src/view/printable.ts'
import { width } from '../../src/view/width.ts'

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

const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}'
const rainbow = '\u{1f3f3}\ufe0f\u200d\u{1f308}'
const scotland = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'
const pictures = [family, rainbow, scotland, '\u{1f469}\u{1f3fd}\u200d\u{1f4bb}', '1\ufe0f\u20e3', '\u{1f1e9}\u{1f1ea}']

test('families, flags and keycaps stay in one piece and take two columns', () => {
  for (const picture of pictures) {
    assert.equal(printable(`a${picture}b`), `a${picture}b`)
    assert.equal(width(picture), 2, picture)
  }
  const row = pictures.join('')
  assert.deepEqual([printable(row), width(row)], [row, 2 * pictures.length])
  assert.equal(printable(printable(`${row}\u200d`)), `${row}\\u{200d}`)
})

test('what joins pictures is escaped wherever it does not make one of Unicode’s list', () => {
  for (const [text, shown] of [
    ['a\u200db', 'a\\u{200d}b'],
    ['\u{1f468}\u200d', '\u{1f468}\\u{200d}'],
    ['\u{1f431}\u200d\u{1f436}', '\u{1f431}\\u{200d}\u{1f436}'],
    [`\u200d${family}\u200d\u202e`, `\\u{200d}${family}\\u{200d}\\u{202e}`],
    ['\u{1f468}\u200d\u202e\u{1f469}', '\u{1f468}\\u{200d}\\u{202e}\u{1f469}'],
    ['\u{1f3f4}\u{e0068}\u{e0069}\u{e007f}', '\u{1f3f4}\\u{e0068}\\u{e0069}\\u{e007f}'],
    ['\u{1f3f4}\u{e0067}', '\u{1f3f4}\\u{e0067}'],
    ['x\ufe0f\u20e3', 'x\\u{fe0f}\u20e3'],
    [`\x1b]0;${family}\x07`, `\\x1b]0;${family}\\x07`],
  ] as const)
    assert.equal(printable(text), shown)
})

test('JSON escapes them all the same', () => {
  assert.equal(JSON.parse(jsonText(family)), family)
  assert.doesNotMatch(jsonText(family), /\u200d/)
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
