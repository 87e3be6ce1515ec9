import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBasicConstraints, readNameConstraints } from '../../../src/wire/x509/constraints.ts'
import { DerReader } from '../../../src/wire/x509/der.ts'
import { bytes } from './bytes.ts'

const reader = (hex: string): DerReader => new DerReader(bytes(hex), 'test')

test('no CA unless it says so', () => {
  assert.deepEqual(readBasicConstraints(reader('3000')), { isCa: false })
  assert.deepEqual(readBasicConstraints(reader('3006 0101ff 020100')), { isCa: true, pathLength: 0 })
})

test('permitted and excluded names are kept apart', () => {
  const read = readNameConstraints(reader('300e a005 3003 820161 a105 3003 820162'))
  assert.deepEqual(read, { permitted: [{ type: 'dns', value: 'a' }], excluded: [{ type: 'dns', value: 'b' }] })
  assert.deepEqual(readNameConstraints(reader('3000')), { permitted: [], excluded: [] })
})
