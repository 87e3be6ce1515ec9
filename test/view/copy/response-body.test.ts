import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { responseBody } from '../../../src/view/copy/response-body.ts'
import { exchangeOf } from './make.ts'

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
