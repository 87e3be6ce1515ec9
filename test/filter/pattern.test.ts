import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compilePattern } from '../../src/filter/pattern.ts'

const holds = (pattern: string, text: string): boolean => compilePattern(pattern).test(text)

test('both engines find what is there, whatever its case', () => {
  for (const pattern of [
    'need.e',
    'NEEDLE',
    'x|needle',
    'ne+dle',
    '^hay.*le$',
    '[a-z]{6}',
    '\\bneedle',
    'ne{2}',
    '(?:e)d',
  ])
    assert.ok(holds(pattern, 'hay Needle'), pattern)
  for (const pattern of ['nail', 'ne{3}', '^needle', 'e+x', '\\d', 'x{2,}'])
    assert.ok(!holds(pattern, 'hay Needle'), pattern)
  assert.ok(holds('\\u0041+', 'a') && holds('\\/v\\d+', '/v12'))
})

test('what may take JavaScript for ever takes a moment', () => {
  const started = performance.now()
  const long = 'a'.repeat(20_000)
  for (const pattern of [
    '(a+)+$',
    '(a|a)*b',
    '(a|aa)+$',
    'a*a*a*a*b',
    '(.*)(.*)(.*)x',
    '(a?){30}a{30}b',
    '([a-z]+.)+!',
  ])
    assert.ok(!holds(pattern, `${long} `), pattern)
  assert.ok(performance.now() - started < 10_000)
})

test('choices without repetition are counted too', () => {
  const started = performance.now()
  assert.ok(!holds(`${'a?'.repeat(40)}${'a'.repeat(40)}b`, 'a'.repeat(2000)))
  assert.ok(!holds(`${'(a|a)'.repeat(40)}b`, 'a'.repeat(2000)))
  assert.ok(performance.now() - started < 5000)
})

test('what RE2 does without, and what is no expression, is refused', () => {
  for (const pattern of ['(?=a)', '(?<!a)b', '(a)\\1', '(?<n>a)\\k<n>', '(', '[', '*', 'a**'])
    assert.throws(() => compilePattern(pattern), pattern)
})

test('what every match has is looked for first, and nothing else decides', () => {
  const piece = fc.constantFrom(
    'a',
    'ab',
    'B',
    '.',
    '\\.',
    '\\\\',
    'a+',
    'b*',
    'a?',
    'b{2}',
    'a{0}',
    'ab+?',
    '[ab]',
    '[^a]+',
    '[\\]b]',
    '^',
    '$',
    '\\b',
    '\\w+',
    '(ab)?',
    'a|b',
    '(?:b)+',
    '-',
    '\\x61',
    '\\u0062',
    'ä',
    '}',
    ']',
  )
  const text = fc
    .array(fc.constantFrom('a', 'b', 'A', 'B', '.', '-', '\\', ']', '}', ' ', 'ä', '\n'), { maxLength: 8 })
    .map(all => all.join(''))
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), text, (pieces, over) => {
      const pattern = pieces.join('')
      assert.equal(holds(pattern, over), new RegExp(pattern, 'i').test(over), pattern)
    }),
    { numRuns: 3000 },
  )
})

test('a megabyte without what a match needs takes some milliseconds', () => {
  const pattern = compilePattern('needle\\s*[:=]\\s*"[a-z]+"')
  assert.ok(pattern.test('x "Needle" NEEDLE = "abc"'))
  const text = 'the quick brown fox '.repeat(50_000)
  pattern.test(text)
  const started = performance.now()
  for (let i = 0; i < 10; i++) assert.ok(!pattern.test(text))
  assert.ok(performance.now() - started < 1000) // RE2 takes some 3 s
})
