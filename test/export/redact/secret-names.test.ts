import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultRules } from '../../../src/export/redact/redaction.ts'
import { isSecretName } from '../../../src/export/redact/secret-names.ts'
import { rulesWith } from './told.ts'

test('names say that something is a secret, however they are spelt', () => {
  for (const name of [
    'password',
    'X-Api-Key',
    'access_token',
    'clientSecret',
    'PHPSESSID',
    'x-csrf-token',
    'X-Amz-Signature',
  ])
    assert.ok(isSecretName(name, 'member', defaultRules), name)
  for (const name of ['user', 'content-type', 'tokens_used', 'keyword', 'code', `${'x'.repeat(500)}token`])
    assert.ok(!isSecretName(name, 'member', defaultRules), name)
  assert.ok(isSecretName('code', 'query', defaultRules))
})

test('a person may name more, each for its place, and what stays', () => {
  const rules = rulesWith({ headers: new Set(['x-who']), query: new Set(['who']), keep: new Set(['x-csrf-token']) })
  assert.deepEqual(
    ['header', 'query', 'member'].map(of => isSecretName('X-Who', of as 'header', rules)),
    [true, false, false],
  )
  assert.ok(isSecretName('WHO', 'query', rules))
  assert.ok(!isSecretName('X-Csrf-Token', 'header', rules))
})
