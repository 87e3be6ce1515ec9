import assert from 'node:assert/strict'
import { test } from 'node:test'
import { same } from '../../../../../src/wire/tls/client/checks/same.ts'

test('bytes are the same in length and value', () => {
  assert.equal(same(Buffer.from('abc'), Uint8Array.from([97, 98, 99])), true)
  assert.equal(same(Buffer.from('abc'), Buffer.from('abd')), false)
  assert.equal(same(Buffer.from('abc'), Buffer.from('ab')), false)
  assert.equal(same(Buffer.alloc(0), Buffer.alloc(0)), true)
})
