import assert from 'node:assert/strict'
import { test } from 'node:test'
import { typeOfPath, typeOfText } from '../../../src/rules/actions/content-type.ts'

test('a type is known by the ending of a name, or by how a text begins', () => {
  assert.equal(typeOfPath('/a/B.JS'), 'text/javascript; charset=utf-8')
  for (const path of ['a', 'a.unknown', 'a.constructor']) assert.equal(typeOfPath(path), 'application/octet-stream')
  assert.equal(typeOfText(' {"a":1}'), 'application/json')
  assert.equal(typeOfText('<p>'), 'text/html; charset=utf-8')
  assert.equal(typeOfText('tea'), 'text/plain; charset=utf-8')
})
