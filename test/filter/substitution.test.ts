import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSubstitution } from '../../src/filter/substitution.ts'

const replaced = (text: string, wanted: string, replacement: string): string | undefined =>
  readSubstitution(wanted, replacement)(text)

test('a text is replaced everywhere, and stands for itself', () => {
  assert.equal(replaced('a.b.c', '.', '$&'), 'a$&b$&c')
})

test('groups, names, the whole match and a dollar are put in, by either engine', () => {
  for (const digit of ['\\d', '\\d+'])
    assert.equal(replaced('a1 b2', `/(?<x>[ab])(${digit})/`, '$2$<x>[$&]$$'), '1a[a1]$ 2b[b2]$')
})

test('a group that is not there is empty', () => {
  for (const star of ['', '*']) assert.equal(replaced('ab', `/(x)?a${star}b/`, '<$1$7>'), '<>')
})

test('a second digit belongs to the group where there are as many', () => {
  for (const star of ['', '*']) {
    assert.equal(replaced('ab', `/(a)${star}b/`, '$10'), 'a0')
    assert.equal(replaced('ab', `/(a)${star}${'()'.repeat(8)}(b)/`, '$10'), 'b')
  }
})

test('flags: case, lines, and a dot for line feeds', () => {
  assert.equal(replaced('Ab', '/AB/', 'x'), 'Ab')
  assert.equal(replaced('Ab', '/AB/i', 'x'), 'x')
  assert.equal(replaced('a\nb', '/^b+/m', 'x'), 'a\nx')
  assert.equal(replaced('a\nb', '/a.+/s', 'x'), 'x')
})

test('matches of nothing are replaced once each', () => {
  assert.equal(replaced('ab', '/x*/', '-'), '-a-b-')
})

test('what begins with a slash and does not end with one is a text', () => {
  assert.equal(replaced('/api/v1', '/api', '/x'), '/x/v1')
})

test('what grows past the limit is given up', () => {
  assert.equal(readSubstitution('a', 'bb')('aaa', 5), undefined)
  assert.equal(readSubstitution('/a+?/', 'bb')('aaa', 5), undefined)
  assert.equal(readSubstitution('/a/', 'bb')('aaa', 6), 'bbbbbb')
})

test('nothing to replace, and what is no regular expression, are errors', () => {
  for (const wanted of ['', '/(/', '/(?=a)b+/', '/(a)\\1+/']) assert.throws(() => readSubstitution(wanted, ''))
})

test('an expression that backtracks takes no time', () => {
  const started = performance.now()
  replaced('a'.repeat(20_000), '/(a+)+b/', 'x')
  assert.ok(performance.now() - started < 2000)
})
