import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DerReader } from '../../../src/wire/x509/der.ts'
import { readPolicies } from '../../../src/wire/x509/policies.ts'
import { bytes } from './bytes.ts'

test('a policy keeps its number, and unknown qualifiers are passed over', () => {
  const qualifier = '3007 06032a0305 0500'
  const reader = new DerReader(bytes(`3012 3010 06032a0304 3009 ${qualifier}`), 'test')
  assert.deepEqual(readPolicies(reader), [{ oid: '1.2.3.4', cps: [], notices: [] }])
})

test('a well-known policy has a name; a notice may be empty', () => {
  const notice = '300c 06082b06010505070202 3000'
  const reader = new DerReader(bytes(`301a 3018 0606 67810c010201 300e ${notice}`), 'test')
  assert.deepEqual(readPolicies(reader), [
    { oid: '2.23.140.1.2.1', name: 'domain validated (DV)', cps: [], notices: [] },
  ])
})
