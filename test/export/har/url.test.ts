import assert from 'node:assert/strict'
import { test } from 'node:test'
import { harUrl, queryOf } from '../../../src/export/har/url.ts'
import type { RequestHead } from '../../../src/model/exchange.ts'

const head = (path: string, more: Partial<RequestHead> = {}): RequestHead => ({
  ...{ method: 'GET', target: path, scheme: 'https', authority: 'a.test', path, version: 'HTTP/1.1', headers: [] },
  ...more,
})

test('a URL stays as it is, and what may not stand in one is percent-encoded', () => {
  for (const path of ['/', '/a?b=c&d=%41', "/~!$&'()*+,;=:@"]) assert.equal(harUrl(head(path)), `https://a.test${path}`)
  assert.equal(harUrl(head('/a b"<\x00\n\xc3\xb6%zz|')), 'https://a.test/a%20b%22%3C%00%0A%C3%B6%25zz%7C')
  assert.equal(harUrl(head('/a[]#x#y')), 'https://a.test/a%5B%5D%23x%23y')
  assert.equal(harUrl(head('/', { authority: '[::1]:8443' })), 'https://[::1]:8443/')
  assert.equal(harUrl(head('/w'), true), 'wss://a.test/w')
})

test('what is no URL at all is one of its own scheme', () => {
  assert.equal(harUrl(head('*', { authority: '' })), 'unknown://*')
  assert.equal(harUrl(head('', { authority: '', target: 'http://b.test/x' })), 'http://b.test/x')
  for (const authority of ['[', 'a:99999', '\ud800', 'a b', '%'])
    assert.ok(URL.canParse(harUrl(head('/', { authority }))), authority)
})

test('the pairs of a query are decoded', () => {
  assert.deepEqual(queryOf('https://a.test/?a=1&a=%202&b'), [
    { name: 'a', value: '1' },
    { name: 'a', value: ' 2' },
    { name: 'b', value: '' },
  ])
  assert.deepEqual(queryOf('https://a.test/#?x'), [])
  assert.deepEqual(queryOf('/'), [])
})
