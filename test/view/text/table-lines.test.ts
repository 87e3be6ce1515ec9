import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Table } from '../../../src/view/table.ts'
import { tableLines } from '../../../src/view/text/table-lines.ts'

const table: Table = {
  client: 'CLIENT → PARLEY',
  upstream: 'PARLEY → SERVER',
  rows: [
    {
      client: { at: 0.42, arrow: '→', title: 'ClientHello', detail: '517 B', facts: ['versions 1.3 1.2'] },
      upstream: { at: 24.3, arrow: '→', title: 'ClientHello', detail: '517 B', facts: [] },
      mark: '~',
    },
    { upstream: { at: 36.2, arrow: '←', title: '{Finished ✓}', detail: '', facts: [] } },
  ],
}

test('two columns with the mark between them', () => {
  assert.deepEqual(
    tableLines(table, 103, { color: false }).map(line => line.replace(/ {2,}/g, '  ')),
    [
      'CLIENT → PARLEY  │ PARLEY → SERVER',
      '0.42  → ClientHello  517 B  ~ 24.3  → ClientHello  517 B',
      '  versions 1.3 1.2  │',
      '  │ 36.2  ← {Finished ✓}',
    ],
  )
})

test('the second column begins in the same column of every line', () => {
  const lines = tableLines(table, 121, { color: false })
  assert.deepEqual([...new Set(lines.map(line => line.search(/[│~]/)))], [60])
})

test('stacked, a leg without cells says so', () => {
  assert.deepEqual(tableLines({ ...table, rows: [] }, 80, { color: false }), [
    'CLIENT → PARLEY',
    '  nothing',
    '',
    'PARLEY → SERVER',
    '  nothing',
  ])
})
