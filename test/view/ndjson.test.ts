import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { plainContext } from '../../src/view/body/renderer.ts'
import { renderNdjson } from '../../src/view/ndjson.ts'

const lines = (text: string, maxLines = 100) =>
  renderNdjson({ bytes: Buffer.from(text), mediaType: 'application/x-ndjson' }, plainContext(maxLines))!.map(
    line => line.text,
  )

test('one line a value, with its number; empty lines and RS are passed over', () => {
  assert.deepEqual(lines('{"a":1}\r\n\n\x1e[2]\n'), ['#1 {"a":1}', '#3 [2]'])
})

test('what is no JSON is said to be none, and the last line may still be coming', () => {
  assert.deepEqual(lines('nope\n{"a":'), ['#1 no JSON: nope', '#2 still coming: {"a":'])
})

test('no bytes throw, and lines are at most as many as asked for', () => {
  fc.assert(fc.property(fc.string(), text => assert.ok(lines(text, 3).length <= 3)))
  assert.equal(lines('1\n2\n3\n4\n5', 3).at(-1), '… 3 more lines')
})
