import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { argumentsOf, forBash, readTypedLine } from '../../../src/cli/completion/typed-line.ts'

test('words are split as a shell splits them, the last one unfinished', () => {
  assert.deepEqual(readTypedLine(`parley  show 'a b' "c\\"d" e\\ f`), {
    words: ['parley', 'show', 'a b', 'c"d', 'e f'],
  })
  assert.deepEqual(readTypedLine('parley '), { words: ['parley', ''] })
  assert.deepEqual(readTypedLine(`parley assert x 'all ~d`), { words: ['parley', 'assert', 'x', 'all ~d'], quote: "'" })
  assert.deepEqual(readTypedLine('parley "'), { words: ['parley', ''], quote: '"' })
  assert.deepEqual(readTypedLine(`a''b\\`), { words: ['ab'] })
})

test('what stands before the program is none of its words', () => {
  const words = (line: string) => argumentsOf(readTypedLine(line)).words
  assert.deepEqual(words('A=1 sudo /opt/bin/parley re'), ['re'])
  assert.deepEqual(words('p re'), ['re'])
  assert.deepEqual(words('parley parley'), ['parley'])
})

test('bash gets what it is to insert, quoted as the word is', () => {
  const inserted = (line: string, candidate: string) => forBash(candidate, readTypedLine(line))
  assert.equal(inserted('parley --theme=d', '--theme=dark'), 'dark')
  assert.equal(inserted('parley record --until ', '~d a'), '~d\\ a')
  assert.equal(inserted("parley assert x 'a", "all ~u it's"), "all ~u it'\\''s")
  assert.equal(inserted('parley assert x "a', 'all "$x`'), 'all \\"\\$x\\`')
})

test('any line is split, and one of quoted words into these', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), line => {
      assert.ok(readTypedLine(line).words.length > 0)
    }),
  )
  const word = fc.string({ minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(fc.array(word, { maxLength: 5 }), words => {
      const line = words.map(each => `'${each.replaceAll("'", `'\\''`)}'`).join(' ')
      assert.deepEqual(readTypedLine(`x ${line}`).words, words.length > 0 ? ['x', ...words] : ['x', ''])
    }),
  )
})
