import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DerReader } from '../../../src/wire/x509/der.ts'
import { readAuthorityAccess, readDistributionPoints } from '../../../src/wire/x509/pointers.ts'
import { bytes } from './bytes.ts'

const reader = (hex: string): DerReader => new DerReader(bytes(hex), 'test')

test('distribution points give URLs; relative names, reasons and issuers are passed over', () => {
  assert.deepEqual(readDistributionPoints(reader('3009 3007 a005 a003 860178')), ['x'])
  assert.deepEqual(readDistributionPoints(reader('300a 3008 a002 a100 81020780')), [])
  assert.deepEqual(readDistributionPoints(reader('3007 3005 a203 820161')), [])
})

test('OCSP and issuer URLs are told apart, other methods and names are left', () => {
  const access = (method: string, name: string): string => `300d 06082b060105050730${method} ${name}`
  const all = [access('01', '860161'), access('02', '860162'), access('05', '860163'), access('01', '820164')]
  assert.deepEqual(readAuthorityAccess(reader(`303c ${all.join('')}`)), { ocspUrls: ['a'], caIssuerUrls: ['b'] })
})
