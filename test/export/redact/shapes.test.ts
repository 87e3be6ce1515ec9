import assert from 'node:assert/strict'
import { test } from 'node:test'
import { redactShapes } from '../../../src/export/redact/shapes.ts'
import { shaped } from './told.ts'

test('each secret is found by its shape within any text, and nothing else goes', () => {
  for (const [what, secret] of Object.entries(shaped)) {
    const found: string[] = []
    assert.equal(
      redactShapes(
        `before "${secret}", after`,
        () => 'X',
        each => found.push(each),
      ),
      'before "X", after',
    )
    assert.deepEqual(found, [what])
  }
  const bearer = (text: string) =>
    redactShapes(
      text,
      () => 'X',
      () => {},
    )
  assert.equal(bearer('Bearer 0123456789abcdef.-~+/=='), 'Bearer X')
  assert.equal(bearer('http://me:hunter2@a.test/'), 'http://me:X@a.test/')
  for (const plain of [
    'a bearer certificate',
    'eyJ.a.b',
    'http://a.test:80/@x',
    'ask-me-anything-you-like-today-please',
  ])
    assert.equal(bearer(plain), plain)
})

test('a long text is passed in no time, whatever is in it', () => {
  for (const piece of [
    'eyJ',
    'eyJaaaaaaaa.',
    'bearer ',
    'a.b-c_',
    '://a:',
    '-----BEGIN PRIVATE KEY-----',
    'sk-',
    ' '.repeat(50),
  ]) {
    const text = piece.repeat(Math.ceil(2_000_000 / piece.length))
    const started = performance.now()
    redactShapes(
      text,
      () => 'X',
      () => {},
    )
    assert.ok(performance.now() - started < 3000, piece)
  }
})
