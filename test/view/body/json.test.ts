import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderJson } from '../../../src/view/body/json.ts'

const render = (json: string, maxLines = 100) => renderJson({ bytes: Buffer.from(json), mediaType: '' }, maxLines)

test('a member a line, empty ones closed at once', () => {
  assert.deepEqual(render('{"a":[1,{"b":"x,{}"}],"c":{},"d":[ ]}'), [
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

test('numbers, escapes and duplicate keys stay as sent', () => {
  assert.deepEqual(render('{"a":1.0e+2,"a":12345678901234567890,"\\u0061":"\\/"}'), [
    '{',
    '  "a": 1.0e+2,',
    '  "a": 12345678901234567890,',
    '  "\\u0061": "\\/"',
    '}',
  ])
})

test('what is no JSON is left to another renderer', () => {
  assert.equal(render('{"a":'), undefined)
})

test('lines past the limit are counted', () => {
  assert.deepEqual(render('[1,2,3,4]', 3), ['[', '  1,', '… 4 more lines'])
})

test('deep nesting does not grow without bound', () => {
  const lines = render(`${'['.repeat(3000)}${']'.repeat(3000)}`, 10_000)!
  assert.ok(Math.max(...lines.map(line => line.length)) < 500)
})
