import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trustedRoots } from '../../../src/proxy/leg/roots.ts'

test('there are always roots, and those that were given come on top', () => {
  const usual = trustedRoots([])
  assert.ok(usual.length > 0 && usual.every(pem => pem.startsWith('-----BEGIN CERTIFICATE-----')))
  assert.deepEqual(trustedRoots(['one', 'two']), [...usual, 'one', 'two'])
})
