// Against libnghttp2's own encoder: its blocks, and the dynamic table that it keeps itself (test/fixtures/hpack/make.py).
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { HpackDecoder } from '../../../../src/wire/http2/hpack/decoder.ts'
import type { Representation } from '../../../../src/wire/http2/hpack/representation.ts'
import { tableBlock } from '../../../../src/wire/http2/hpack/table-block.ts'

interface Case {
  readonly seqno: number
  readonly header_table_size?: number
  readonly wire: string
  readonly headers: readonly Readonly<Record<string, string>>[]
  readonly table: readonly (readonly [string, string])[]
  readonly table_size: number
  readonly max_table_size: number
}
interface Story {
  readonly description: string
  readonly cases: readonly Case[]
}
const fixture = new URL('../../../fixtures/hpack/nghttp2.json', import.meta.url)
const { stories } = JSON.parse(readFileSync(fixture, 'utf8')) as { stories: readonly Story[] }

for (const { description, cases } of stories)
  test(`nghttp2, ${description}: fields and table agree after each block`, () => {
    const decoder = new HpackDecoder()
    const seen = new Set<Representation['kind']>()
    for (const { seqno, wire, headers, table, table_size, max_table_size } of cases) {
      const bytes = Buffer.from(wire, 'hex')
      const resumed = new HpackDecoder() // one that knows the table alone, not what came before
      resumed.decode(tableBlock(decoder.table))
      const lines: Representation[] = []
      resumed.trace = line => lines.push(line)
      const fields = decoder.decode(bytes)
      assert.deepEqual(
        fields.map(([name, value]) => ({ [name]: value })),
        headers,
        `block ${seqno}`,
      )
      assert.deepEqual(resumed.decode(bytes), fields)
      for (const { table: own } of [decoder, resumed]) {
        assert.deepEqual(own.entries(), table, `table after block ${seqno}`)
        assert.deepEqual([own.size, own.maxSize], [table_size, max_table_size])
      }
      for (const { kind } of lines) seen.add(kind)
      const ends = lines.map(({ end }) => end)
      assert.deepEqual(
        lines.map(({ start }) => start),
        [0, ...ends.slice(0, -1)],
        'each line begins where the one before ended',
      )
      assert.equal(ends.at(-1), bytes.length)
    }
    assert.ok(seen.has('indexed') && seen.has('incremental') && seen.has('never-indexed'))
  })
