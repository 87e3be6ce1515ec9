import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fontFacts } from '../../../src/formats/font/facts.ts'
import { fontTables } from '../../../src/formats/font/tables.ts'
import { sfnt } from './make.ts'

test('names come in English where there is a choice, then glyphs and units', () => {
  assert.deepEqual(fontFacts(fontTables(sfnt())!), [
    ['family', 'Par'],
    ['style', 'Mac'],
    ['glyphs', '321'],
    ['units per em', '1000'],
  ])
})

test('a table that is cut short is a fact less', () => {
  const table = (name: string) => (name === 'fvar' ? undefined : Uint8Array.of(1))
  assert.deepEqual(fontFacts({ format: 'TrueType', count: 3, table }), [])
})
