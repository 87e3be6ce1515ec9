import assert from 'node:assert/strict'
import { test } from 'node:test'
import { base64, bodyText, hasHeader, joinedHeaders, sentHeaders, urlOf } from '../../../src/view/copy/request.ts'
import { exchangeOf } from './make.ts'

test('what a client writes itself is left out', () => {
  const headers = [
    [':method', 'GET'],
    ['Host', 'a.test'],
    ['Connection', 'keep-alive'],
    ['Content-Length', '3'],
    ['Transfer-Encoding', 'chunked'],
    ['Accept', '*/*'],
    ['no token', 'x'],
    ['', 'x'],
  ] as const
  assert.deepEqual(sentHeaders(exchangeOf({ headers })), [['Accept', '*/*']])
})

test('a Host that is not what the URL says stays', () => {
  assert.deepEqual(sentHeaders(exchangeOf({ headers: [['Host', 'b.test']] })), [['Host', 'b.test']])
})

test('values of one name are joined, cookies with semicolons', () => {
  const headers = [
    ['a', '1'],
    ['Cookie', 'x=1'],
    ['A', '2'],
    ['cookie', 'y=2'],
  ] as const
  assert.deepEqual(joinedHeaders(exchangeOf({ headers })), [
    ['a', '1, 2'],
    ['Cookie', 'x=1; y=2'],
  ])
})

test('the URL has no authority where none is known', () => {
  assert.equal(urlOf(exchangeOf()), 'https://a.test/p')
  assert.equal(urlOf(exchangeOf({ head: { authority: '', target: 'b.test:443' } })), 'b.test:443')
})

test('a body is text only where nothing would be lost', () => {
  assert.equal(bodyText(Buffer.from('\ufeffö')), '\ufeffö')
  assert.equal(bodyText(Buffer.from('a\0')), undefined)
  assert.equal(bodyText(Uint8Array.of(0xff)), undefined)
  assert.equal(base64(Uint8Array.of(0xff, 0).subarray(0, 1)), '/w==')
})

test('a header is found in any case', () => {
  assert.equal(hasHeader([['Content-TYPE', '']], 'content-type'), true)
})
