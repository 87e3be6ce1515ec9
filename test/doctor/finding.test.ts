import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isWell, note, ok, trouble } from '../../src/doctor/finding.ts'

test('notes do not spoil it, one trouble does', () => {
  const fine = { title: 'A', findings: [ok('a', 'is'), note('b', 'may be', 'do')] }
  assert.equal(isWell([]), true)
  assert.equal(isWell([fine, fine]), true)
  assert.equal(isWell([fine, { title: 'B', findings: [trouble('c', 'is not', 'do')] }]), false)
})
