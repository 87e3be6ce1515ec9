import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRedactionRules } from '../../../src/export/redact/read-rules.ts'

test('a file names headers, parameters, members, paths and what stays, with comments', () => {
  const rules = readRedactionRules(`{
    // of our own service
    "headers": ["X-Who"], "query": ["ticket",], "members": ["ssn"],
    "jsonPaths": ["$.user.name"], "keep": ["csrf-token"],
  }`)
  assert.deepEqual(
    [...rules.headers, ...rules.query, ...rules.members, ...rules.keep],
    ['x-who', 'ticket', 'ssn', 'csrf-token'],
  )
  assert.deepEqual(
    rules.jsonPaths[0]?.map(({ select }) => select),
    ['user', 'name'],
  )
  assert.equal(readRedactionRules('{}').headers.size, 0)
})

test('a mistake is told by its line and column', () => {
  const mistakes: readonly (readonly [string, RegExp])[] = [
    ['{\n "header": []}', /^line 2, column 2: expected one of headers, query, .* found header$/],
    ['[]', /^line 1, column 1: expected \{ "headers"/],
    ['{"headers": "x"}', /column 13: expected a list of names/],
    ['{"headers": [1]}', /column 14: expected a name in quotes/],
    ['{"jsonPaths": ["user"]}', /column 16: user: expected \$, the whole body/],
    ['{"headers": [', /no JSON/],
    ['', /line 1, column 1/],
    ['['.repeat(100_000), /too many brackets/],
  ]
  for (const [text, message] of mistakes)
    assert.throws(() => readRedactionRules(text), { message, name: 'RedactionError' })
})
