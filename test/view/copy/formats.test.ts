import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { copyFormats, hexRequest, hexResponse, responseBody, url } from '../../../src/view/copy/formats.ts'
import { exchangeOf, noBody } from './make.ts'

test('keys and names are told apart', () => {
  assert.equal(new Set(copyFormats.map(({ key }) => key)).size, copyFormats.length)
  assert.equal(new Set(copyFormats.map(({ name }) => name)).size, copyFormats.length)
})

test('every format copies something of an exchange with a body', () => {
  for (const format of copyFormats) assert.notEqual(format.copy(exchangeOf(), Buffer.from('body')), '', format.key)
})

test('the URL is absolute', () => {
  assert.equal(url.copy(exchangeOf({ head: { path: '/a?b=c' } }), noBody), 'https://a.test/a?b=c')
})

test('codings and charset are undone', () => {
  const exchange = exchangeOf()
  const head = {
    ...exchange.response!.head,
    headers: [
      ['content-encoding', 'gzip'],
      ['content-type', 'a/b; charset=latin1'],
    ] as const,
  }
  const coded = { ...exchange, response: { ...exchange.response!, head } }
  assert.equal(responseBody.copy(coded, gzipSync(Buffer.from('Köln', 'latin1'))), 'Köln')
})

test('a dump has a line for sixteen bytes', () => {
  const dump = hexRequest.copy(exchangeOf(), Buffer.from('0123456789abcdef\x1b'))
  assert.equal(dump.split('\n').length, 2)
  assert.match(dump, /^00000000 {2}30 31[\s\S]*\n00000010 {2}1b/)
  assert.deepEqual([hexRequest.side, hexResponse.side], ['request', 'response'])
})

test('a URL has no control characters', () => {
  const evil = exchangeOf({ head: { path: '/a\nrm\x1b[2J\x9b' } })
  assert.equal(url.copy(evil, noBody), 'https://a.test/a%0Arm%1B[2J%C2%9B')
})
