import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCertificate } from '../../../src/wire/x509/certificate.ts'
import type { DistinguishedName } from '../../../src/wire/x509/distinguished-name.ts'
import { comparable, isSameName, isWithin, nameKey } from '../../../src/wire/x509/name-comparison.ts'
import { bmpString, mint, name, printableString, utf8String } from './mint.ts'

const read = (path: string, kind?: number): DistinguishedName =>
  readCertificate(mint({ subject: name(path, kind) }).der).subject

test('case, white space and kind of string make no other name', () => {
  const one = read('C=GB/O=Über  Uns')
  for (const same of [read('C=gb/O= ÜBER UNS '), read('C=GB/O=Über Uns', bmpString)]) assert.ok(isSameName(one, same))
  assert.ok(isSameName(read('CN=a', printableString), read('CN=A', utf8String)))
  assert.equal(comparable('ﬁle\u00a0 A\t'), 'file a')
})

test('other values, types, steps and orders do', () => {
  const names = ['', 'C=GB', 'C=GB/O=a', 'O=a/C=GB', 'C=GB+O=a', 'C=GB/OU=a', 'C=GB/O=a/O=a', 'C=GB/O=ab', 'C=GB/O=a b']
  assert.equal(new Set(names.map(path => nameKey(read(path)))).size, names.length)
  assert.ok(isSameName(read('C=GB+O=a'), read('O=a+C=GB')))
  assert.ok(!isSameName(read('CN=a","b'), read('CN=a')))
})

test('a name is within its beginnings', () => {
  const one = read('C=GB/O=a/CN=b')
  const within = (base: string): boolean => isWithin(one, read(base))
  assert.deepEqual(['', 'C=GB', 'C=gb/O=A', 'C=GB/O=a/CN=b'].map(within), [true, true, true, true])
  assert.deepEqual(['O=a', 'C=US', 'C=GB/CN=b', 'C=GB/O=a/CN=b/CN=c'].map(within), [false, false, false, false])
})
