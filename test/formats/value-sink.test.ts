import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytes, number, text, word } from '../../src/formats/value-sink.ts'

test('a scalar says whether its text is a number, a text or a word of the format', () => {
  assert.deepEqual(
    [number('1'), text('1'), word('null'), bytes(Uint8Array.of(1))].map(({ type }) => type),
    ['number', 'text', 'word', 'bytes'],
  )
})
