import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { openBody, showBody } from '../../../src/view/body/choose.ts'

const viewOf = (body: string | Uint8Array, type?: string) =>
  showBody(openBody(Buffer.from(body as string), type === undefined ? [] : [['content-type', type]]))
const kindOf = (body: string | Uint8Array, type?: string): string => viewOf(body, type).kind

test('the content type decides where the bytes agree', () => {
  assert.equal(kindOf('{"a":1}', 'application/json; charset=utf-8'), 'json')
  assert.equal(kindOf('{"a":1}', 'application/problem+json'), 'json')
  assert.equal(kindOf('a=1&b=2', 'application/x-www-form-urlencoded'), 'form')
  assert.equal(kindOf('<p>', 'text/html'), 'html')
})

test('the bytes decide where the type is missing or wrong', () => {
  assert.equal(kindOf('[1]'), 'json')
  assert.equal(kindOf('{not json', 'text/plain'), 'text')
  assert.equal(kindOf('{"a":1}', 'text/html'), 'json')
  assert.equal(kindOf('hello'), 'text')
  assert.equal(kindOf(Uint8Array.of(0xff, 0xfe, 0, 1).fill(0xff)), 'hex')
  assert.equal(kindOf(Buffer.from('GIF89a\x01\0\x02\0', 'latin1'), 'application/octet-stream'), 'image')
  assert.equal(kindOf(''), 'empty')
})

test('every kind of a body can be shown, and is what was asked for', () => {
  const body = openBody(gzipSync('{"a":1}'), [
    ['Content-Type', 'application/json'],
    ['Content-Encoding', 'gzip'],
  ])
  assert.deepEqual(body.kinds, ['json', 'text', 'raw', 'hex'])
  assert.deepEqual(
    body.kinds.map(kind => showBody(body, kind).kind),
    body.kinds,
  )
  assert.equal(showBody(body, 'text').lines[0]!.text, '{"a":1}')
  assert.match(showBody(body, 'raw').lines[0]!.text, /^\\x1f/)
  assert.equal(body.note, 'decoded from gzip')
})

test('a body of which only the beginning is here says so', () => {
  const whole = gzipSync(Buffer.from(Array.from({ length: 9000 }, (_, i) => Math.abs(Math.sin(i) * 1e6) & 0xff)))
  const body = openBody(whole.subarray(0, 4000), [['content-encoding', 'gzip']], whole.length)
  assert.match(body.note, /^decoded from gzip; first 4\.0kB of \d\.\dkB shown$/)
  assert.equal(body.input.wholeLength, undefined)
  assert.equal(openBody(Buffer.from('{"a":'), [], 37_000_000).note, 'first 5B of 37MB shown')
})

test('a JSON body cut by the view is still JSON', () => {
  const body = openBody(Buffer.from('{"a":[1,2'), [['content-type', 'application/json']], 100)
  assert.deepEqual(
    showBody(body).lines.map(({ text }) => text),
    ['{', '"a": [', '1,', '2'],
  )
})

test('multipart bodies are nested only so deep', () => {
  let text = 'end'
  for (let i = 0; i < 10; i++)
    text = `--b${i}\r\nContent-Type: ${i === 0 ? 'text/plain' : `multipart/mixed; boundary=b${i - 1}`}\r\n\r\n${text}\r\n--b${i}--`
  const lines = showBody(openBody(Buffer.from(text), [['content-type', 'multipart/mixed; boundary=b9']])).lines
  assert.ok(lines.some(line => line.text === '…'))
  assert.ok(!lines.some(line => line.text === 'end'))
})

test('no renderer lets a control character through', () => {
  const types = `application/json application/x-www-form-urlencoded text/plain image/png text/html text/xml text/css
    text/javascript multipart/mixed;boundary=a application/cbor application/msgpack application/x-ndjson`.split(/\s+/)
  for (const type of [...types, undefined])
    for (const body of [
      '{"a":"\x1b\u202e\x9b"}',
      'a=%1b&b=%C2%9b\x1b',
      '\x1b[2J\r\x07',
      '<a \x1b="\x1b">\x1b</a\x1b>',
      '--a\r\n\x1b: \x1b\r\n\r\n\x1b\r\n--a--',
    ])
      for (const line of viewOf(body, type).lines) assert.doesNotMatch(line.text, /[\x00-\x1f\x7f-\x9f\u202e]/)
})
