import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shownOf, vectorHex } from '../tls-fixtures.ts'
import { readOne } from './read-one.ts'

// 2026-01-02T03:04:05.678Z
const stamp = (version: string) =>
  `${version} ${'ab'.repeat(32)} ${(1_767_323_045_678).toString(16).padStart(16, '0')} 0000 0403 ${vectorHex(2, '3000')}`
const list = (...items: string[]) => vectorHex(2, items.map(item => vectorHex(2, item)).join(''))

test('a hello asks with nothing', () => assert.equal(readOne(18, 'client_hello', '').shown, 'wanted'))

test('a timestamp is taken apart', () => {
  const { shown, field, problems } = readOne(18, 'certificate', list(stamp('00'), stamp('00')))
  assert.deepEqual(problems, [])
  assert.equal(shown, '2 timestamps')
  assert.equal(shownOf([field], 'log_id'), 'ab'.repeat(32))
  assert.equal(shownOf([field], 'timestamp'), '2026-01-02T03:04:05.678Z')
  assert.equal(shownOf([field], 'algorithm'), 'ecdsa_secp256r1_sha256 (0x0403)')
})

test('a version that is not known keeps its bytes', () => {
  assert.deepEqual(readOne(18, 'certificate', list('01 abcdef')).problems, [])
})

test('a time beyond all dates is a number', () => {
  const far = `00 ${'ab'.repeat(32)} ffffffffffffffff 0000 0403 0000`
  assert.match(shownOf([readOne(18, 'certificate', list(far)).field], 'timestamp')!, / ms$/)
})
