import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isHostWithin } from '../../../../src/wire/x509/name-constraints/host.ts'

test('a host stands for itself alone, a domain for what is below it', () => {
  assert.deepEqual(
    ['a.test', 'A.TEST', 'b.a.test', 'test'].map(host => isHostWithin(host, 'a.test')),
    [true, true, false, false],
  )
  assert.deepEqual(
    ['a.test', 'b.a.test', 'C.B.A.TEST', 'ba.test', '.a.test'].map(host => isHostWithin(host, '.a.test')),
    [false, true, true, false, false],
  )
})
