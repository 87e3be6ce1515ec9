import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fontTables } from '../../../src/formats/font/tables.ts'
import { sfnt, woff, woff2 } from './make.ts'

test('tables are the same in every wrapping', () => {
  const names = ['head', 'maxp', 'name']
  const read = (bytes: Uint8Array) => names.map(name => Buffer.from(fontTables(bytes)!.table(name)!).toString('hex'))
  assert.equal(fontTables(sfnt())!.count, 3)
  assert.deepEqual(read(woff()), read(sfnt()))
  assert.deepEqual(read(woff2()), read(sfnt()))
})

test('a table that is not there is undefined', () => {
  for (const font of [sfnt(), woff(), woff2()]) assert.equal(fontTables(font)!.table('glyf'), undefined)
})

test('what is no font has no tables', () => {
  assert.equal(fontTables(Buffer.from('hello')), undefined)
})

test('what is unpacked comes out of the allowance, and nothing more once that is used up', () => {
  const names = ['head', 'maxp', 'name']
  const allowance = { left: 1_000_000 }
  for (const font of [woff(), woff2()]) for (const name of names) fontTables(font, allowance)!.table(name)
  const needed = 1_000_000 - allowance.left
  assert.ok(needed > 0)
  assert.equal(fontTables(woff2(), { left: 1 })!.table('name')?.length, 0)
})
