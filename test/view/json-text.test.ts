import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonText } from '../../src/view/json-text.ts'
import { printable } from '../../src/view/printable.ts'

const hostile = { 'k\u202e': 'a\x1b[0m\x7f\x9b\u200b\ud800\udb40\udc41\u2028é😀\\' }

test('the text reads back to the same value', () => {
  assert.deepEqual(JSON.parse(jsonText(hostile)), hostile)
})

test('the text holds nothing that acts on a terminal', () => {
  const text = jsonText(hostile)
  assert.equal(printable(text), text)
  assert.ok(text.includes('é😀'))
})
