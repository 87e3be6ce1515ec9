import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readContentType, renderBody } from '../../../src/view/body/choose.ts'

const kindOf = (body: string | Uint8Array, type?: string): string => renderBody(Buffer.from(body as string), type).kind

test('the content type decides where the bytes agree', () => {
  assert.equal(kindOf('{"a":1}', 'application/json; charset=utf-8'), 'json')
  assert.equal(kindOf('{"a":1}', 'application/problem+json'), 'json')
  assert.equal(kindOf('a=1&b=2', 'application/x-www-form-urlencoded'), 'form')
  assert.equal(kindOf('<p>', 'text/html'), 'text')
})

test('the bytes decide where the type is missing or wrong', () => {
  assert.equal(kindOf('[1]'), 'json')
  assert.equal(kindOf('{not json', 'application/json'), 'text')
  assert.equal(kindOf('hello'), 'text')
  assert.equal(kindOf(Uint8Array.of(0xff, 0xfe, 0, 1)), 'hex')
  assert.equal(
    kindOf(Uint8Array.of(0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 2, 0), 'application/octet-stream'),
    'image',
  )
  assert.equal(kindOf(''), 'empty')
})

test('the charset is read with and without quotes', () => {
  assert.deepEqual(readContentType('Text/HTML; charset="ISO-8859-1"'), {
    mediaType: 'text/html',
    charset: 'ISO-8859-1',
  })
  assert.deepEqual(readContentType('a/b; x=charset'), { mediaType: 'a/b' })
})

test('no renderer lets a control character through', () => {
  for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'image/png', undefined])
    for (const body of ['{"a":"\x1b\u202e\x9b"}', 'a=%1b&b=%C2%9b\x1b', '\x1b[2J\r\x07'])
      for (const line of renderBody(Buffer.from(body), type).lines)
        assert.doesNotMatch(line, /[\x00-\x1f\x7f-\x9f\u202e]/)
})
