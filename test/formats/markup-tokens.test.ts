import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markupTokens } from '../../src/formats/markup-tokens.ts'

const read = (text: string, html = true) =>
  [...markupTokens(text, html)].map(({ kind, text: word }) => `${kind} ${word}`)

test('tags, texts, comments and declarations', () => {
  assert.deepEqual(read('<!doctype html><a href="x>y">b<br/></a><!-- <c> -->'), [
    'other <!doctype html>',
    'open <a href="x>y">',
    'text b',
    'empty <br/>',
    'close </a>',
    'other <!-- <c> -->',
  ])
  assert.deepEqual(read('<![CDATA[<x>]]>&amp;', false), ['other <![CDATA[<x>]]>', 'text &amp;'])
})

test('what stands in a script is text, in HTML alone', () => {
  assert.deepEqual(read('<script>a<b</SCRIPT >'), ['open <script>', 'text a<b', 'close </SCRIPT >'])
  assert.deepEqual(read('<script>a<b</script>', false).length, 3)
})

test('every character is in one token, however broken', () => {
  for (const text of ['a < b', '<', '<a', '<a "', "<a b='>c", '<!--', '</', '<script>', '<![CDATA[', 'x<<<y>>>'])
    assert.equal([...markupTokens(text, true)].map(({ text: word }) => word).join(''), text)
})

test('a million openings without an end take no time', () => {
  for (const piece of ['<a "', "<a b='", '<', '<!--', '<a b="'])
    assert.ok([...markupTokens(piece.repeat(200_000), true)].length > 0)
})
