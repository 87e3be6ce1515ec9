import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  bytesOf,
  headersOf,
  listOf,
  membersOf,
  momentOf,
  msOf,
  numberOf,
  textOf,
  wireText,
} from '../../../src/import/har/json.ts'

test('what is not of its kind is nothing of it', () => {
  assert.deepEqual([membersOf([1]), membersOf(null), membersOf('x'), listOf({}), textOf(1)], [{}, {}, {}, [], ''])
  assert.deepEqual(
    [numberOf('1'), numberOf(Number.POSITIVE_INFINITY), numberOf(2), msOf(-1), msOf('x')],
    [undefined, undefined, 2, 0, 0],
  )
})

test('times that no capture has are none', () => {
  assert.deepEqual([msOf(1e308), msOf(5), momentOf(1e15), momentOf(Number.NaN), momentOf(7)], [0, 5, 0, 0, 7])
})

test('text of the wire has one character a byte', () => {
  assert.equal(wireText('caf\xe9'), 'caf\xe9')
  assert.equal(wireText('€'), '\xe2\x82\xac')
  assert.deepEqual(headersOf([{ name: 'a', value: 'b' }, 7]), [
    ['a', 'b'],
    ['', ''],
  ])
})

test('bytes are of UTF-8, or of base64 where that is said', () => {
  assert.equal(bytesOf('é', undefined).toString('hex'), 'c3a9')
  assert.equal(bytesOf('/+8=', 'base64').toString('hex'), 'ffef')
})
