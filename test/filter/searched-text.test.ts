import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endpointText, headerLines, searchedText } from '../../src/filter/searched-text.ts'
import { exchangeOf } from '../store/samples.ts'

test('bytes are one character each, unless the pattern asks for more than ASCII', () => {
  const bytes = new TextEncoder().encode('né')
  assert.equal(searchedText(bytes, 'n'), 'nÃ©')
  assert.equal(searchedText(bytes, 'é'), 'né')
})

test('header lines and addresses read as they are written', () => {
  assert.ok(headerLines(exchangeOf(1), 'request').includes('Host: api.example.com'))
  assert.deepEqual(headerLines(undefined, 'response'), [])
  assert.equal(endpointText({ address: '::1', port: 443 }), '::1:443')
  assert.equal(endpointText(undefined), undefined)
})
