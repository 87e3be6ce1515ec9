import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { removeFromJson, setInJson } from '../../src/formats/json-edit.ts'
import { readJsonPath } from '../../src/formats/json-path.ts'

const set = (text: string, path: string, value: string): string => setInJson(text, readJsonPath(path), value)
const remove = (text: string, path: string): string => removeFromJson(text, readJsonPath(path))

test('only what is named differs: huge numbers, spaces and duplicates stay as they were written', () => {
  assert.equal(
    set('{"n": 1e400, "id":12345678901234567890,"a" : {"b": [1, 2]}, "n":-0.0}', '$.a.b[0]', '9'),
    '{"n": 1e400, "id":12345678901234567890,"a" : {"b": [9, 2]}, "n":-0.0}',
  )
  assert.equal(set('{"a":1,"a":2}', '$.a', '0'), '{"a":0,"a":0}')
  assert.equal(set(' 1 ', '$', '{"x":2}'), ' {"x":2} ')
})

test('where the path leads nowhere the text is the very same', () => {
  const text = '{ "a": [1] }'
  for (const path of ['$.b.c', '$.a[7]', '$..x', '$.a.b', '$[0]']) assert.equal(set(text, path, '0'), text)
  assert.equal(remove(text, '$.b'), text)
})

test('a member that is not there is added as its neighbours are written', () => {
  assert.equal(set('{}', '$.b', '2'), '{"b":2}')
  assert.equal(set('{"a":1}', '$.b', '2'), '{"a":1,"b":2}')
  assert.equal(set('{\n  "a": 1\n}', '$.b', '2'), '{\n  "a": 1,\n  "b": 2\n}')
  assert.equal(set('{\n  "a": 1,\n  "c": 3\n}', '$.b', '2'), '{\n  "a": 1,\n  "c": 3,\n  "b": 2\n}')
  assert.equal(set('[{"a":1},{}]', '$[*].b', '2'), '[{"a":1,"b":2},{"b":2}]')
})

test('the element behind the last is added, and none further on', () => {
  assert.equal(set('[]', '$[0]', '2'), '[2]')
  assert.equal(set('[1, 1]', '$[2]', '2'), '[1, 1, 2]')
  assert.equal(set('[1]', '$[2]', '2'), '[1]')
})

test('what lies deep is found at every depth, and what lies in it goes with it', () => {
  assert.equal(set('{"a":{"a":1},"b":[{"a":2}]}', '$..a', '0'), '{"a":0,"b":[{"a":0}]}')
  assert.equal(remove('[{"x":1,"y":[{"x":3}]},{"x":2}]', '$..x'), '[{"y":[{}]},{}]')
})

test('what is removed takes one comma along', () => {
  const text = '{"a": 1, "b": 2, "c": 3}'
  assert.equal(remove(text, '$.a'), '{"b": 2, "c": 3}')
  assert.equal(remove(text, '$.b'), '{"a": 1, "c": 3}')
  assert.equal(remove(text, '$.c'), '{"a": 1, "b": 2}')
  assert.equal(remove('{"a":1,"b":2,"a":3}', '$.a'), '{"b":2}')
  assert.equal(remove('[1, 2, 3]', '$[*]'), '[]')
})

test('a cut text is no JSON', () => {
  assert.throws(() => set('{"a":1', '$.a', '2'), /no JSON at character 7/)
})

const documents = fc.record({
  value: fc.jsonValue({ maxDepth: 4 }),
  name: fc.constantFrom('a', 'b', '"', ''),
  indent: fc.constantFrom(0, 2),
})
const named = (name: string): string => `$..['${name}']`

test('removing gives what a naive one gives', () => {
  const without = (value: unknown, name: string): unknown =>
    Array.isArray(value)
      ? value.map(item => without(item, name))
      : value && typeof value === 'object'
        ? Object.fromEntries(
            Object.entries(value)
              .filter(([key]) => key !== name)
              .map(([key, item]) => [key, without(item, name)]),
          )
        : value
  fc.assert(
    fc.property(documents, ({ value, name, indent }) => {
      const text = JSON.stringify(value, undefined, indent)
      assert.deepEqual(JSON.parse(remove(text, named(name))), without(JSON.parse(text), name))
    }),
  )
})

test('setting gives what a naive one gives', () => {
  const withZero = (value: unknown, name: string): unknown =>
    Array.isArray(value)
      ? value.map(item => withZero(item, name))
      : value && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, key === name ? 0 : withZero(item, name)]))
        : value
  fc.assert(
    fc.property(documents, ({ value, name, indent }) => {
      const text = JSON.stringify(value, undefined, indent)
      assert.deepEqual(JSON.parse(set(text, named(name), '0')), withZero(JSON.parse(text), name))
    }),
  )
})
