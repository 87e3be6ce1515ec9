import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stripPrefix } from '../../../src/rules/actions/strip-prefix.ts'

test('whole segments are stripped, and a slash is left', () => {
  for (const [path, prefix, rest] of [
    ['/api/a', '/api', '/a'],
    ['/api/a', '/api/', '/a'],
    ['/api', '/api', '/'],
    ['/api?a', '/api', '/?a'],
    ['/apian', '/api', '/apian'],
    ['/other', '/api', '/other'],
    ['/a', '', '/a'],
    ['/a', '/', '/a'],
  ] as const)
    assert.equal(stripPrefix(path, prefix), rest)
})
