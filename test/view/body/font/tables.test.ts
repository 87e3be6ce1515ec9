import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fontTables } from '../../../../src/view/body/font/tables.ts'
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
