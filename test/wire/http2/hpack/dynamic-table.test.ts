import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DynamicTable } from '../../../../src/wire/http2/hpack/dynamic-table.ts'

test('the newest entry is first, and an entry costs 32 octets more than it has', () => {
  const table = new DynamicTable()
  table.add(['a', '1'])
  table.add(['bb', '2'])
  assert.deepEqual(table.entries(), [
    ['bb', '2'],
    ['a', '1'],
  ])
  assert.equal(table.size, 34 + 35)
  assert.equal(table.at(2), undefined)
})

test('an entry over the whole size empties the table', () => {
  const table = new DynamicTable()
  table.add(['a', '1'])
  table.add(['a', 'x'.repeat(4096)])
  assert.deepEqual([table.length, table.size], [0, 0])
})

test('the ring holds what a list would hold', () => {
  const step = fc.oneof(
    fc.record({ resize: fc.nat(5000) }),
    fc.record({ add: fc.tuple(fc.string({ maxLength: 5 }), fc.string({ maxLength: 90 })) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), steps => {
      const table = new DynamicTable()
      let list: [string, string][] = []
      let max = 4096
      const fit = () => {
        const size = () => list.reduce((sum, [name, value]) => sum + name.length + value.length + 32, 0)
        while (size() > max) list = list.slice(0, -1)
      }
      for (const each of steps) {
        if ('resize' in each) {
          max = each.resize
          table.resize(max)
        } else {
          table.add(each.add)
          list = [each.add, ...list]
        }
        fit()
        assert.deepEqual(table.entries(), list)
      }
    }),
    { numRuns: 50 },
  )
})

test('what goes is told, oldest first', () => {
  const table = new DynamicTable()
  for (const name of ['a', 'b', 'c']) table.add([name, '1'])
  const gone: (readonly [string, string])[] = []
  table.resize(80, gone)
  table.add(['d', 'x'.repeat(20)], gone)
  table.add(['e', 'x'.repeat(80)], gone)
  assert.deepEqual(
    gone.map(([name]) => name),
    ['a', 'b', 'c', 'd'],
  )
})
