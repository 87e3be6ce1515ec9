import assert from 'node:assert/strict'
import { test } from 'node:test'
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
