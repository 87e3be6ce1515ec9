import assert from 'node:assert/strict'
import { test } from 'node:test'
import { redactForm, redactParts, redactText } from '../../../src/export/redact/redact-text.ts'
import { defaultRules } from '../../../src/export/redact/redaction.ts'
import { telling } from './told.ts'

const cleaned = (text: string, by = redactText) => by(text, defaultRules, 'here', telling().told)

test('members of JSON, escaped or not, parameters and elements go by their names', () => {
  assert.equal(cleaned('{"user":"a","password" : "p\\"w","n":1}'), '{"user":"a","password" : "REDACTED","n":1}')
  assert.equal(cleaned('{"pin_otp":123456,"ok":true}'), '{"pin_otp":"REDACTED","ok":true}')
  assert.equal(cleaned('"{\\"secret\\":\\"x\\",\\"a\\":1}"'), '"{\\"secret\\":\\"REDACTED\\",\\"a\\":1}"')
  assert.equal(
    cleaned('/cb?code=abc&state=1#access_token=t&x=1'),
    '/cb?code=REDACTED&state=1#access_token=REDACTED&x=1',
  )
  assert.equal(cleaned('<a:Password>p</a:Password><b>c</b>'), '<a:Password>REDACTED</a:Password><b>c</b>')
  assert.equal(cleaned('data: {"token":"t"}\n\ndata: {"token":""}'), 'data: {"token":"REDACTED"}\n\ndata: {"token":""}')
})

test('forms lose the fields whose names say it', () => {
  assert.equal(cleaned('password=p%20w&user=a', redactForm), 'password=REDACTED&user=a')
  const parts = (value: string) => `--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n${value}\r\n--b--`
  assert.equal(cleaned(parts('secret'), redactParts), parts('REDACTED'))
  assert.equal(cleaned(parts('two\r\nlines'), redactParts), parts('REDACTED'))
  assert.equal(cleaned('--b\nA: b; name=token\n\nx\n--b--', redactParts), '--b\nA: b; name=token\n\nREDACTED\n--b--')
  assert.equal(cleaned("password=it's;all&a=b", redactForm), 'password=REDACTED&a=b')
  const other = parts('x').replace('"password"', '"user"')
  assert.equal(cleaned(other, redactParts), other)
})

test('what is percent-encoded is looked into', () => {
  const json = encodeURIComponent('{"password":"x","ok":1}')
  assert.equal(cleaned(`payload=${json}`, redactForm), `payload=${json.replace('%22x%22', '%22REDACTED%22')}`)
  const to = encodeURIComponent('https://a.example/?token=t&b=1')
  assert.equal(cleaned(`/?to=${to}`), `/?to=${to.replace('token%3Dt', 'token%3DREDACTED')}`)
  assert.equal(cleaned(`/?to=%2Fa`), `/?to=%2Fa`)
})

test('a line that begins as a variable goes by its name', () => {
  assert.equal(cleaned('A=1\nDB_PASSWORD=x\ncode=3'), 'A=1\nDB_PASSWORD=REDACTED\ncode=3')
})

test('what is done twice is done once, and what was redacted is told', () => {
  const { told, said } = telling()
  const once = redactText('/?token=a {"secret":"b"}', defaultRules, 'URL', told)
  assert.deepEqual(said, ['parameter token in URL', 'member secret in URL'])
  assert.equal(redactText(once, defaultRules, 'URL', told), once)
  assert.equal(said.length, 2)
})

test('a long text is passed in no time, whatever is in it', () => {
  for (const piece of ['"a":"', '\\"a\\":\\"', '"a" : ', '?a=b&', '<a>b</', '"', '\\', 'name="a"\r\n', '&token']) {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length))
    const started = performance.now()
    cleaned(text)
    cleaned(text, redactParts)
    assert.ok(performance.now() - started < 4000, piece)
  }
})
