import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RuleError } from '../../src/rules/rule-error.ts'
import { splitWords } from '../../src/rules/words.ts'

const texts = (text: string): string[] => splitWords(text).map(word => word.text)

test('words are parted and quoted as a shell does it', () => {
  assert.deepEqual(texts(`set  a"b c"d 'x "y" \\' "" e\\ f \\"g`), ['set', 'ab cd', 'x "y" \\', '', 'e f', '"g'])
  assert.deepEqual(texts(`"a \\" \\\\ \\d"`), ['a " \\ \\d'])
})

test('a backslash of a regular expression stays', () => {
  assert.deepEqual(texts('/^\\/v(\\d+)/ /w$1'), ['/^\\/v(\\d+)/', '/w$1'])
})

test('each word knows its place', () => {
  const text = `a 'b c' "d"`
  assert.deepEqual(
    splitWords(text).map(({ start, end }) => text.slice(start, end)),
    ['a', "'b c'", '"d"'],
  )
})

test('an open quote is a mistake at the end', () => {
  for (const [text, quote] of [
    ['a "b', '"'],
    ["a 'b", "'"],
    ['a "b\\"', '"'],
  ] as const)
    assert.throws(() => splitWords(text), new RuleError(text.length, `a closing ${quote}`, 'the end'))
})

test('any word comes back from single quotes, and no text does worse than a mistake', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), words => {
      const quoted = words.map(word => `'${word.replaceAll("'", `'"'"'`)}'`)
      assert.deepEqual(texts(quoted.join(' ')), words)
    }),
  )
  fc.assert(
    fc.property(fc.string(), text => {
      try {
        for (const { start, end } of splitWords(text)) assert.ok(start < end && end <= text.length)
      } catch (error) {
        assert.ok(error instanceof RuleError)
      }
    }),
  )
})
