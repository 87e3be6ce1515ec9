import assert from 'node:assert/strict'
import { test } from 'node:test'
import { escapeUri, uriOf } from '../../../src/view/copy/uri.ts'
import { exchangeOf } from './make.ts'

test('what may not stand in a URI is percent-encoded, byte for byte, and nothing else', () => {
  const fine = "https://a.test:1/~a?b=c&d[]=%41#x!$&'()*+,;=:@"
  assert.equal(escapeUri(fine), fine)
  assert.equal(escapeUri('a b"\x00\n\xc3\xb6%zz|\u202e'), 'a%20b%22%00%0A%C3%B6%25zz%7C%E2%80%AE')
  assert.equal(uriOf(exchangeOf({ head: { path: '/ö' } })), 'https://a.test/%F6')
})
