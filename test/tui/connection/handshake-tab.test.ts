import assert from 'node:assert/strict'
import { test } from 'node:test'
import { layHandshake } from '../../../src/tui/connection/handshake-tab.ts'
import { plain } from '../../../src/tui/line.ts'
import type { Table } from '../../../src/view/table.ts'
import { sampleWorld } from '../world.ts'

const table: Table = {
  client: 'CLIENT → PARLEY',
  upstream: 'PARLEY → SERVER',
  rows: [
    { client: { at: 0, arrow: '→', title: 'CONNECT', detail: 'host:443', facts: [] } },
    {
      client: {
        at: 1,
        arrow: '→',
        title: 'ClientHello',
        detail: '517 B',
        facts: ['one', 'two'],
        message: { leg: 'client', index: 0 },
      },
      upstream: {
        at: 2,
        arrow: '→',
        title: 'ClientHello',
        detail: '518 B',
        facts: ['~ gap'],
        message: { leg: 'upstream', index: 0 },
      },
      mark: '≠',
      why: 'because',
    },
  ],
}
const at = { leg: 'client', cell: 1 } as const

test('cells of one row stand beside each other from 70 columns on, with their facts from 100 on', () => {
  const { lines, items, pinned } = layHandshake(table, 100, at)
  assert.match(plain(lines[1]!), /▸ .*→ ClientHello {2}517 B .*≠ .*→ ClientHello {2}518 B/)
  assert.match(plain(pinned[0]!), /CLIENT → PARLEY .*│ .*PARLEY → SERVER/)
  assert.deepEqual(
    items.map(({ leg, cell, start, end }) => [leg, cell, start, end]),
    [
      ['client', 0, 0, 1],
      ['client', 1, 1, 4],
      ['upstream', 0, 1, 3],
    ],
  )
})

test('at 80 columns both legs stand side by side, a line a message: time, direction, title and size', () => {
  const { lines, items, pinned } = layHandshake(table, 80, at)
  assert.equal(lines.length, 2)
  assert.match(plain(lines[1]!), /▸ 1\.00 → ClientHello {2}517 B .*≠ .*2\.00 → ClientHello {2}518 B/)
  assert.match(plain(pinned[0]!), /CLIENT → PARLEY .*│ .*PARLEY → SERVER/)
  assert.deepEqual(
    items.map(({ leg, cell, start, end }) => [leg, cell, start, end]),
    [
      ['client', 0, 0, 1],
      ['client', 1, 1, 2],
      ['upstream', 0, 1, 2],
    ],
  )
})

test('below 70 columns one leg stands below the other', () => {
  const { lines, items, pinned } = layHandshake(table, 69, at)
  const text = lines.map(plain)
  assert.equal(pinned.length, 0)
  assert.ok(text.findIndex(line => line.includes('PARLEY → SERVER')) > text.findIndex(line => line.includes('517 B')))
  assert.deepEqual(
    items.map(({ leg, cell }) => [leg, cell]),
    [
      ['client', 0],
      ['client', 1],
      ['upstream', 0],
    ],
  )
  assert.equal(
    text.some(line => line.includes('517 B  ≠')),
    true,
  )
})

test('a leg on which nothing happened says so', () => {
  const text = layHandshake({ ...table, rows: [table.rows[0]!] }, 60, at).lines.map(plain)
  assert.ok(text.some(line => line.includes('nothing')))
})

test('every cell of a real connection is laid out once, in lines of its own', async () => {
  const { source } = await sampleWorld()
  const real = source.connection(1)!.table
  for (const columns of [60, 80, 160]) {
    const { items, lines } = layHandshake(real, columns, at)
    assert.equal(
      items.length,
      real.rows.reduce((sum, row) => sum + (row.client ? 1 : 0) + (row.upstream ? 1 : 0), 0),
    )
    for (const { start, end } of items) assert.ok(start < end && end <= lines.length)
  }
})
