import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hexRequest, hexResponse } from '../../../src/view/copy/hex-dump.ts'
import { exchangeOf } from './make.ts'

test('a dump has a line for sixteen bytes', () => {
  const dump = hexRequest.copy(exchangeOf(), Buffer.from('0123456789abcdef\x1b'))
  assert.equal(dump.split('\n').length, 2)
  assert.match(dump, /^00000000 {2}30 31[\s\S]*\n00000010 {2}1b/)
  assert.deepEqual([hexRequest.side, hexResponse.side], ['request', 'response'])
})
