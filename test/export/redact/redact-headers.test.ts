import assert from 'node:assert/strict'
import { test } from 'node:test'
import { redactHeaders } from '../../../src/export/redact/redact-headers.ts'
import { defaultRules } from '../../../src/export/redact/redaction.ts'
import { rulesWith, shaped, telling } from './told.ts'

const clean = (name: string, value: string, rules = defaultRules): string =>
  redactHeaders([[name, value]], rules, 'header', telling().told)[0]![1]

test('cookies keep their names and attributes, credentials their scheme', () => {
  assert.equal(clean('Cookie', 'a=1; b=x=y;c'), 'a=REDACTED; b=REDACTED;REDACTED')
  assert.equal(clean('set-cookie', 'sid=abc; Path=/; HttpOnly'), 'sid=REDACTED; Path=/; HttpOnly')
  assert.equal(clean('Authorization', 'Bearer abc'), 'Bearer REDACTED')
  assert.equal(clean('authorization', 'abc'), 'REDACTED')
  assert.equal(clean('Proxy-Authorization', 'Digest username="a", response="b"'), 'Digest REDACTED')
  assert.equal(clean('X-Api-Key', 'abc'), 'REDACTED')
})

test('in every other header go tokens by their shape and secrets of URLs', () => {
  assert.equal(clean('Referer', 'https://a.test/?token=abc&x=1'), 'https://a.test/?token=REDACTED&x=1')
  assert.equal(clean('X-Note', `is ${shaped.JWT}`), 'is REDACTED')
  assert.equal(clean('Accept', 'text/html; q=0.8'), 'text/html; q=0.8')
})

test('what a person names goes or stays', () => {
  assert.equal(clean('X-Who', 'me', rulesWith({ headers: new Set(['x-who']) })), 'REDACTED')
  assert.equal(clean('X-Csrf-Token', 'me', rulesWith({ keep: new Set(['x-csrf-token']) })), 'me')
  assert.equal(clean('Cookie', 'lang=de; s=1', rulesWith({ keep: new Set(['lang']) })), 'lang=de; s=REDACTED')
})
