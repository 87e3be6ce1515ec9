import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderJson, renderNdjson } from '../../../src/view/body/json.ts'
import { damage, render } from './render.ts'

test('a member a line, empty ones closed at once', () => {
  assert.deepEqual(render(renderJson, '{"a":[1,{"b":"x,{}"}],"c":{},"d":[ ]}'), [
    '{',
    '  "a": [',
    '    1,',
    '    {',
    '      "b": "x,{}"',
    '    }',
    '  ],',
    '  "c": {},',
    '  "d": []',
    '}',
  ])
})

test('numbers, escapes and duplicate names stay as sent', () => {
  const json = '{"a":1.0e+2,"a":12345678901234567890,"\\u0061":"\\/"}'
  assert.deepEqual(render(renderJson, json), [
    '{',
    '  "a": 1.0e+2,',
    '  "a": 12345678901234567890,',
    '  "\\u0061": "\\/"',
    '}',
  ])
})

test('what is no JSON is left to another renderer, unless it says that it is JSON', () => {
  assert.equal(render(renderJson, '{"a":'), undefined)
  assert.deepEqual(render(renderJson, '{"a":1,}\nrest', { mediaType: 'application/json' }), [
    'not JSON at character 7: } where name is expected',
    '{',
    '  "a": 1,',
    '}',
    'rest',
  ])
})

test('the guard in front of JSON is kept apart', () => {
  assert.deepEqual(render(renderJson, ")]}',\n[1]"), [")]}',", '[', '  1', ']'])
})

test('lines past the limit are counted', () => {
  assert.deepEqual(render(renderJson, '[1,2,3,4]', { maxLines: 3 }), ['[', '  1,', '… 4 more lines'])
})

test('deep nesting and a million brackets do not grow without bound', () => {
  const lines = render(renderJson, `${'['.repeat(3000)}${']'.repeat(3000)}`, { maxLines: 10_000 })!
  assert.ok(Math.max(...lines.map(line => line.length)) < 500)
  assert.equal(render(renderJson, '['.repeat(1_000_000), { mediaType: 'application/json' })!.length, 1001)
})

test('damage is never an error', () => {
  damage(renderJson, Buffer.from('{"a":[1.5,"\\u00e9",true],"b":{"c":null}}'), { mediaType: 'application/json' })
})

test('each line is a value under its number', () => {
  assert.deepEqual(render(renderNdjson, '{"a":1}\r\n\n[2]\n'), ['1  {', '  "a": 1', '}', '3  [', '  2', ']'])
})

test('a line that is no JSON is said and shown', () => {
  assert.deepEqual(render(renderNdjson, '1\nx y\n2'), ['1  1', 'line 2 is not JSON: unexpected x', 'x y', '3  2'])
})

test('the last line of a body cut by the view is no mistake', () => {
  assert.deepEqual(render(renderNdjson, '1\n{"a":', { cut: true }), ['1  1', '2  {'])
})

test('text is left to another renderer', () => {
  assert.equal(render(renderNdjson, 'hello\nworld'), undefined)
  damage(renderNdjson, Buffer.from('{"a":1}\n{"b":[2]}\n'))
})
