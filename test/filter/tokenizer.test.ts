import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quoteWord, tokenize } from '../../src/filter/tokenizer.ts'

const shapes = (text: string) => tokenize(text).map(({ kind, text: value }) => `${kind}:${value}`)

test('!, & and | are operators only where a word starts', () => {
  assert.deepEqual(shapes('a|b !c & d!'), ['word:a|b', '!:!', 'word:c', '&:&', 'word:d!'])
})

test('a tilde, a parenthesis or a quote ends a word', () => {
  assert.deepEqual(shapes('a~d(x)"y"'), ['word:a', 'operator:d', '(:(', 'word:x', '):)', 'quoted:y'])
})

test('in quotes a backslash escapes the quote alone', () => {
  assert.deepEqual(shapes('"a\\"b\\d\\\\"'), ['quoted:a"b\\d\\\\'])
  assert.deepEqual(shapes("'a\\\"b'"), ['quoted:a\\"b'])
})

test('tokens know where they stand', () => {
  assert.deepEqual(
    tokenize(' ~d "x y"').map(({ start, end }) => [start, end]),
    [
      [1, 3],
      [4, 9],
    ],
  )
})

test('a word is quoted only where it must be', () => {
  assert.equal(quoteWord('a|b.c'), 'a|b.c')
  assert.equal(quoteWord('!a'), '"!a"')
  assert.equal(quoteWord('say "hi"'), '"say \\"hi\\""')
  assert.equal(quoteWord(''), '""')
})
