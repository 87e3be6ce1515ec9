import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { HpackDecoder } from '../../../../src/wire/http2/hpack/decoder.ts'
import { DynamicTable } from '../../../../src/wire/http2/hpack/dynamic-table.ts'
import { tableBlock } from '../../../../src/wire/http2/hpack/table-block.ts'

const text = fc.string({ unit: fc.nat({ max: 255 }).map(code => String.fromCharCode(code)), maxLength: 300 })

test('the block makes the same table, whatever was there before', () => {
  fc.assert(
    fc.property(fc.nat(6000), fc.array(fc.tuple(text, text), { maxLength: 40 }), (maxSize, entries) => {
      const table = new DynamicTable()
      table.resize(maxSize)
      for (const entry of entries) table.add(entry)
      const decoder = new HpackDecoder()
      decoder.allow(6000)
      decoder.decode(Buffer.from('400a637573746f6d2d6b65790d637573746f6d2d686561646572', 'hex'))
      decoder.decode(tableBlock(table))
      assert.deepEqual(decoder.table.entries(), table.entries())
      assert.deepEqual([decoder.table.size, decoder.table.maxSize], [table.size, maxSize])
    }),
  )
})
