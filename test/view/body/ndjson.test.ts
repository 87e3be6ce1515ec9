import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderNdjson } from '../../../src/view/body/ndjson.ts'
import { damage, render } from './render.ts'

test('each line is a value under its number', () => {
  assert.deepEqual(render(renderNdjson, '{"a":1}\r\n\n[2]\n'), ['1  {', '  "a": 1', '}', '3  [', '  2', ']'])
})

test('a line that is no JSON is said and shown', () => {
  assert.deepEqual(render(renderNdjson, '1\nx y\n2'), ['1  1', 'line 2 is not JSON: x is no JSON', 'x y', '3  2'])
})

test('the last line of a body cut by the view is no mistake', () => {
  assert.deepEqual(render(renderNdjson, '1\n{"a":', { cut: true }), ['1  1', '2  {'])
})

test('text is left to another renderer', () => {
  assert.equal(render(renderNdjson, 'hello\nworld'), undefined)
  damage(renderNdjson, Buffer.from('{"a":1}\n{"b":[2]}\n'))
})
