import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sha256 } from '../../../src/proxy/site/digest.ts'

test('parts are digested as one', () => {
  assert.ok(sha256('ab', Buffer.from('c')).equals(sha256('abc')))
  assert.equal(sha256('abc').toString('hex').slice(0, 8), 'ba7816bf') // FIPS 180-2 B.1
})
