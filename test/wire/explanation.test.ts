import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explainer } from '../../src/wire/explanation.ts'

test('a text has its source before it', () => {
  assert.deepEqual(explainer({ a: 'RFC 1 | One | two.' })('a'), { source: 'RFC 1', text: 'One | two.' })
})

test('a key without a text, such as a name of Object, is undefined', () => {
  const explain = explainer({})
  assert.equal(explain('a'), undefined)
  assert.equal(explain('toString'), undefined)
})
