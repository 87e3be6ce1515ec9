import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gapName } from '../../src/compare/gap-name.ts'

const named = (kind: string, id: number): string => gapName({ kind, id, reason: 'r' })

test('a gap is named by its registry, an order by its list, an odd one by its number', () => {
  assert.equal(named('cipherSuite', 5), 'TLS_RSA_WITH_RC4_128_SHA')
  assert.equal(named('keyShare', 29), 'key share of x25519')
  assert.equal(named('cipherSuiteOrder', 0), 'order of cipher suite')
  assert.equal(named('constructor', 1), 'constructor 1')
})
