import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { redactBody, redactPlain } from '../../../src/export/redact/redact-body.ts'
import { defaultRules } from '../../../src/export/redact/redaction.ts'
import { readJsonPath } from '../../../src/formats/json-path.ts'
import type { Header } from '../../../src/model/exchange.ts'
import { rulesWith, shaped, telling } from './told.ts'

const json: Header = ['Content-Type', 'application/json']
const gzip: Header = ['Content-Encoding', 'gzip']
const body = (bytes: Uint8Array, headers: readonly Header[] = [], rules = defaultRules) =>
  redactBody(bytes, headers, rules, 'body', telling().told)

test('a body comes back in its coding, and the very bytes where there is no secret', () => {
  const coded = body(gzipSync('{"password":"p"}'), [json, gzip])!
  assert.equal(gunzipSync(coded).toString(), '{"password":"REDACTED"}')
  const plain = gzipSync('{"a":"p"}')
  assert.equal(body(plain, [json, gzip]), plain)
})

test('what nobody can look into stays here', () => {
  assert.equal(body(Buffer.from('abc'), [['Content-Encoding', 'foo']]), undefined)
  assert.equal(body(Buffer.from('no gzip'), [gzip]), undefined)
  const { said, told } = telling()
  redactBody(Buffer.from('x'), [['Content-Encoding', 'foo']], defaultRules, 'body', told)
  assert.deepEqual(said, ['body that could not be looked into in body'])
  const cut = gzipSync(`{"password":"p","x":"${'y'.repeat(2000)}"}`).subarray(0, 40)
  assert.ok(
    gunzipSync(body(cut, [gzip])!)
      .toString()
      .startsWith('{"password":"REDACTED"'),
  )
})

test('charsets stay, and bytes that are no text keep their length', () => {
  const utf16 = Buffer.from('\ufeff{"password":"pä"}', 'utf16le')
  assert.equal(Buffer.from(body(utf16)!).toString('utf16le'), '\ufeff{"password":"REDACTED"}')
  const latin1 = Buffer.from('{"password":"p","x":"\xe4"}', 'latin1')
  assert.equal(
    Buffer.from(body(latin1, [['Content-Type', 'application/json; charset=iso-8859-1']])!).toString('latin1'),
    '{"password":"REDACTED","x":"\xe4"}',
  )
  const binary = Buffer.from(`\x00\xff${shaped['AWS key']}\xfe`, 'latin1')
  assert.equal(
    Buffer.from(redactPlain(binary, [], defaultRules, 'x', () => {})!).toString('latin1'),
    `\x00\xff${'x'.repeat(20)}\xfe`,
  )
})

test('paths lead to what is redacted; in broken JSON everything of that name goes', () => {
  const rules = rulesWith({ jsonPaths: [readJsonPath('$.user..ssn'), readJsonPath('$.list[1]')] })
  const clean = (text: string) => Buffer.from(body(Buffer.from(text), [json], rules)!).toString()
  assert.equal(
    clean('{"user": {"a": {"ssn": 12}}, "ssn": 3, "list": [1, 2]}'),
    '{"user": {"a": {"ssn": "REDACTED"}}, "ssn": 3, "list": [1, "REDACTED"]}',
  )
  assert.equal(clean('{"a":1}'), '{"a":1}')
  assert.equal(clean('{"user": {"ssn": 12}, "cut'), '{"user": {"ssn": "REDACTED"}, "cut')
})
