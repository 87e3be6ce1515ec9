import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { bodyPart, typeOf } from '../../../../src/export/html/page/body.ts'
import type { BodyJson } from '../../../../src/view/json/body-json.ts'
import { fake, openFakePage, textsOf } from './fake-page.ts'

before(() => {
  openFakePage()
})

function opened(body: BodyJson, type: string) {
  const part = bodyPart(body, type)
  fake(part).open = true
  return part
}

test('a text is folded under its size and kind', () => {
  const part = bodyPart({ length: 1234, shown: 5, whole: true, text: 'hello', decodedFrom: ['gzip'] }, 'text/plain')
  assert.equal(fake(part).textContent, 'body, 1 234 B, text/plain, gzip undone')
  fake(part).open = true
  assert.deepEqual([textsOf(part, 'pre'), textsOf(part, '.quiet')], [['hello'], []])
})

test('JSON has a line for every member, and keeps how it was written', () => {
  const text = '{"a":1.50,"b":["\\u0041\u202e",null],"a":{}}'
  const body = { length: text.length, shown: text.length, whole: true, text }
  const [laid] = textsOf(opened(body, 'application/problem+json'), 'pre')
  assert.equal(laid, '{\n  "a": 1.50,\n  "b": [\n    "\\u0041\\u{202e}",\n    null\n  ],\n  "a": {}\n}\n')
  assert.deepEqual(textsOf(opened(body, 'text/plain'), 'pre'), [text.replace('\u202e', '\\u{202e}')])
  const cut = { ...body, text: text.slice(0, 9), whole: false }
  assert.deepEqual(textsOf(opened(cut, 'application/json'), 'pre'), [cut.text])
})

test('what was left out is said', () => {
  const cut = { length: 9000, shown: 5, whole: false, text: 'hello' }
  assert.deepEqual(textsOf(opened(cut, ''), '.quiet'), ['5 B of it; the rest was left out of this report.'])
  assert.deepEqual(textsOf(opened({ length: 9, shown: 0, whole: false }, ''), '.quiet'), [
    'It was left out of this report.',
  ])
})

test('an image is shown where its type is one, and nothing else becomes an address', () => {
  const body = { length: 3, shown: 3, whole: true, base64: 'AAEC' }
  const sources = (type: string) =>
    fake(opened(body, type))
      .all('img')
      .map(each => each.getAttribute('src'))
  assert.deepEqual(sources('image/png'), ['data:image/png;base64,AAEC'])
  for (const type of ['image/svg+xml', 'text/html', 'image/png,x', 'image/png\n', ''])
    assert.deepEqual(sources(type), [])
})

test('a problem with the body is told', () => {
  const body = { length: 3, shown: 3, whole: true, base64: 'AAEC', problem: 'gzip ends early' }
  assert.deepEqual(textsOf(opened(body, ''), '.finding'), ['gzip ends early'])
})

test('the type comes without its parameters', () => {
  const headers = [['Content-Type', 'Text/HTML; charset=x']] as const
  assert.equal(typeOf({ version: 'HTTP/1.1', headers, time: 0 }), 'text/html')
  assert.equal(typeOf({ version: 'HTTP/1.1', headers: [], time: 0 }), '')
})
