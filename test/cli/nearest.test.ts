import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearest } from '../../src/cli/nearest.ts'

const commands = ['trace', 'demo', 'record', 'open', 'show', 'ca']

test('a word with a slip of the finger is known', () => {
  for (const [typed, meant] of [
    ['tarce', 'trace'],
    ['Trace', 'trace'],
    ['recrod', 'record'],
    ['opne', 'open'],
    ['shw', 'show'],
    ['cs', 'ca'],
  ] as const)
    assert.equal(nearest(typed, commands), meant, typed)
})

test('a word that is like none is left alone', () => {
  for (const typed of ['intercept', 'xyz', 'https://example.com/', ''])
    assert.equal(nearest(typed, commands), undefined, typed)
})
