import assert from 'node:assert/strict'
import { test } from 'node:test'
import { layOutGraphql } from '../../../src/view/body/graphql-layout.ts'
import { Outline } from '../../../src/view/body/outline.ts'
import { texts } from './render.ts'

function layOut(text: string) {
  const outline = new Outline(1000)
  layOutGraphql(text, outline)
  return texts(outline.finish())
}

test('a document on one line gets a line for every field', () => {
  assert.deepEqual(
    layOut(
      'query Q($id: ID! = 1) { user(id: $id, tags: ["{"]) { first: name ...F ... on Admin @include(if: true) { role } } }',
    ),
    [
      'query Q($id: ID! = 1) {',
      '  user(id: $id, tags: ["{"]) {',
      '    first: name',
      '    ...F',
      '    ... on Admin @include(if: true) {',
      '      role',
      '    }',
      '  }',
      '}',
    ],
  )
})

test('a document with lines keeps them', () => {
  assert.deepEqual(layOut('{\n  a   b\n}\n'), ['{', '  a   b', '}'])
})

test('a string that nothing closes stays as it is, at the cost of one look', () => {
  assert.deepEqual(layOut(String.raw`{ a(b: "one \"  two) { c } }`), ['{', String.raw`  a(b: "one \"  two) { c } }`])
  const long = '\\"'.repeat(99_000)
  assert.deepEqual(layOut(`{ a(b: "${long}`), ['{', `  a(b: "${long}`])
})

test('broken documents end somewhere', () => {
  for (const text of ['}', '{', '{a(', '"""', '{a"', '((((', '}'.repeat(50_000), '{'.repeat(50_000)])
    assert.ok(layOut(text)!.length > 0)
})
