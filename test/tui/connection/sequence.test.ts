import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sequenceLines } from '../../../src/tui/connection/sequence.ts'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import type { Table } from '../../../src/view/table.ts'

const cell = (at: number, title: string, arrow?: '→' | '←', facts: string[] = []) => ({
  at,
  title,
  detail: '517 B',
  facts,
  ...(arrow && { arrow }),
})
const table: Table = {
  client: '',
  upstream: '',
  rows: [
    { client: cell(0.42, 'ClientHello', '→', ['Seq=1 Len=517 Ack=1']), upstream: cell(24.31, 'ClientHello', '→') },
    { client: cell(37.94, 'ServerHello', '←'), upstream: cell(12.4, 'TCP') },
  ],
}
const text = (columns: number): string[] => sequenceLines(table, columns).map(plain)

test('each moment stands in its leg, in order of time, with an arrow that points where it went', () => {
  const [head = '', ...lines] = text(120)
  assert.match(head, /client .* Parley .* server$/)
  assert.match(lines[0]!, /^ {4}0\.4 {2}│── ClientHello {2}517 B {2}Seq=1 Len=517 Ack=1 ─+▶│ +│$/)
  assert.match(lines[1]!, /12\.4 {2}│ +│ TCP {2}517 B +│$/)
  assert.match(lines[2]!, /24\.3 {2}│ +│── ClientHello {2}517 B ─+▶│$/)
  assert.match(lines[3]!, /37\.9 {2}│◀─+ ServerHello {2}517 B ──│ +│$/)
})

test('the lifelines stand below each other at every width', () => {
  for (const columns of [80, 100, 160]) {
    const lines = sequenceLines(table, columns).slice(1)
    const places = lines.map(each => [...plain(each)].flatMap((c, i) => (c === '│' ? [i] : [])).join())
    assert.equal(new Set(places).size, 1)
    assert.ok(lines.every(each => columnsOf(each) <= columns))
  }
})
