import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonTokens } from '../../src/formats/json-tokens.ts'

const read = (text: string) => [...jsonTokens(text)].map(({ kind, start, end }) => [kind, text.slice(start, end)])

test('tokens are what was written', () => {
  assert.deepEqual(read(' {"a\\"" :-1.5e3,\ttrue}'), [
    ['{', '{'],
    ['string', '"a\\""'],
    [':', ':'],
    ['number', '-1.5e3'],
    [',', ','],
    ['word', 'true'],
    ['}', '}'],
  ])
})

test('what is no token is broken', () => {
  for (const text of ['01', '1.', '+1', 'NaN', "'a'", '"a', '"a\\"', 'tru'])
    assert.equal(read(text)[0]![0], 'broken', text)
})

test('tokens cover the text', () => {
  assert.equal(
    read('a"b"1}')
      .map(([, text]) => text)
      .join(''),
    'a"b"1}',
  )
})
