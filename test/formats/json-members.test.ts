import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonElements, jsonMembers, unescapeJson } from '../../src/formats/json-members.ts'

test('members keep their values as written', () => {
  assert.deepEqual(
    [...jsonMembers('{"a": 1.0 ,"b\\u0063":[1,{"d":2}], "e":{"f":","}}')!],
    [
      ['a', '1.0'],
      ['bc', '[1,{"d":2}]'],
      ['e', '{"f":","}'],
    ],
  )
  assert.equal(jsonMembers('{}')!.size, 0)
})

test('what is no whole object has no members', () => {
  for (const text of ['[1]', '1', '{"a":1', '{"a":x}', '']) assert.equal(jsonMembers(text), undefined, text)
})

test('elements keep their text', () => {
  assert.deepEqual(jsonElements('[{"a":[1]}, 2 ,[3]]', 10), ['{"a":[1]}', '2', '[3]'])
  assert.deepEqual(jsonElements('[1,2,3]', 2), ['1', '2'])
  assert.deepEqual(jsonElements('[]', 2), [])
  assert.equal(jsonElements('{}', 2), undefined)
})

test('only a JSON string is unescaped', () => {
  assert.equal(unescapeJson('"a\\n"'), 'a\n')
  assert.equal(unescapeJson('1'), undefined)
  assert.equal(unescapeJson('"\\x"'), undefined)
})
