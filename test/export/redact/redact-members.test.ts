import assert from 'node:assert/strict'
import { test } from 'node:test'
import { redactMembers } from '../../../src/export/redact/redact-members.ts'
import { defaultRules } from '../../../src/export/redact/redaction.ts'
import { telling } from './told.ts'

const cleaned = (text: string) => redactMembers(text, defaultRules, 'here', telling().told)

test('a name is the same, however it is escaped', () => {
  assert.equal(cleaned('{"p\\u0061ssword":"x"}'), '{"p\\u0061ssword":"REDACTED"}')
  assert.equal(cleaned('{"a":"b","note":"token","n":1}'), '{"a":"b","note":"token","n":1}')
})

test('JSON within strings of JSON is looked into, at any depth', () => {
  let text = JSON.stringify({ password: 'a\\"b', user: 'c' })
  let expected = JSON.stringify({ password: 'REDACTED', user: 'c' })
  for (let depth = 0; depth < 4; depth++) {
    assert.equal(cleaned(text), expected)
    text = JSON.stringify({ inner: text, ok: 1 })
    expected = JSON.stringify({ inner: expected, ok: 1 })
  }
})

test('lists and objects go whole, and so does what is cut', () => {
  assert.equal(cleaned('{"client_secret":{"a":["x]"],"b":"}"},"n":1}'), '{"client_secret":"REDACTED","n":1}')
  assert.equal(cleaned('{"set-cookie":["a=1","b=2"]}'), '{"set-cookie":"REDACTED"}')
  assert.equal(cleaned('{"tokens":["a"],"max_tokens":5}'), '{"tokens":"REDACTED","max_tokens":5}')
  assert.equal(cleaned('{"token":"begins and'), '{"token":"REDACTED"')
  assert.equal(cleaned('{"token":["begins'), '{"token":"REDACTED"')
  assert.equal(cleaned('{"in":"{\\"token\\":\\"cut","n":1}'), '{"in":"{\\"token\\":\\"REDACTED\\"","n":1}')
})

test('names without quotes, before a string', () => {
  assert.equal(
    cleaned('{"query":"{ login(user: \\"a\\", password: \\"b\\") }"}'),
    '{"query":"{ login(user: \\"a\\", password: \\"REDACTED\\") }"}',
  )
  assert.equal(cleaned('what is a token: a word'), 'what is a token: a word')
})

test('a long text is passed in no time, whatever is in it', () => {
  for (const piece of [
    '"token":[',
    '"token":{"',
    '\\"token\\":\\"',
    '\\',
    '"a',
    '"\\u0061',
    'token:',
    'a',
    '"token":"\\',
  ]) {
    const started = performance.now()
    cleaned(piece.repeat(Math.ceil(1_000_000 / piece.length)))
    assert.ok(performance.now() - started < 4000, piece)
  }
})
