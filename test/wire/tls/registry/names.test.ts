import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  decimalShower,
  isGrease,
  labelOf,
  nameOf,
  namesIn,
  registryOf,
  shower,
} from '../../../../src/wire/tls/registry/names.ts'

const table = { 1: 'one', 4865: 'suite' }

test('the names of a line have the numbers from its first on', () => {
  assert.deepEqual(registryOf('\n  0x000a ten eleven\n  20 twenty\n'), { 10: 'ten', 11: 'eleven', 20: 'twenty' })
})

test('the sixteen GREASE values and no others are GREASE', () => {
  const all = Array.from({ length: 0x10000 }, (_, value) => value).filter(isGrease)
  assert.equal(all.length, 16)
  assert.ok(all.includes(0x0a0a) && all.includes(0xfafa) && !all.includes(0x0a1a))
})

test('an unknown number is its hex, a GREASE number says so', () => {
  assert.deepEqual(
    [nameOf(table, 1), nameOf(table, 0x1a2b), nameOf(table, 0x1a1a)],
    ['one', '0x1a2b', 'GREASE (0x1a1a)'],
  )
  assert.equal(nameOf(table, 7, 2), '0x07')
})

test('a label has the number behind the name', () => {
  assert.deepEqual(
    [labelOf(table, 0x1301), labelOf(table, 2), labelOf(table, 1, 2)],
    ['suite (0x1301)', '0x0002', 'one (0x01)'],
  )
})

test('a shower says the same when asked again', () => {
  const show = shower(table)
  for (const _ of [1, 2]) assert.deepEqual([show(0x1301), show(9)], ['suite (0x1301)', '0x0009'])
})

test('IANA numbers of extensions are decimal', () => {
  assert.deepEqual([decimalShower(table)(1), decimalShower(table)(2)], ['one (1)', '0x0002'])
})

test('a long list is cut and says by how much', () => {
  assert.equal(namesIn(table, [1, 1, 1, 1], 2), 'one, one, 2 more')
})
