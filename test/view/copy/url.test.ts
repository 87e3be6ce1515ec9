import assert from 'node:assert/strict'
import { test } from 'node:test'
import { url } from '../../../src/view/copy/url.ts'
import { exchangeOf, noBody } from './make.ts'

test('the URL is absolute', () => {
  assert.equal(url.copy(exchangeOf({ head: { path: '/a?b=c' } }), noBody), 'https://a.test/a?b=c')
})
