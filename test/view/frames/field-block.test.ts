import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readFieldBlock } from '../../../src/view/frames/field-block.ts'
import { DynamicTable } from '../../../src/wire/http2/hpack/dynamic-table.ts'
import { tableBlock } from '../../../src/wire/http2/hpack/table-block.ts'
import { entry } from '../make-frames.ts'

const bytes = (hex: string): number[] => [...Buffer.from(hex.replaceAll(' ', ''), 'hex')]
const headers = (index: number, hex: string, flags = 4, type = 1) =>
  entry(index, 'to-server', type, flags, 1, bytes(hex).length, bytes(hex))
/** RFC 7541 C.3 */
const requests = [
  headers(0, '8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d'),
  headers(3, '8286 84be 5808 6e6f 2d63 6163 6865'),
  headers(5, '8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65'),
]

test('RFC 7541 C.3: each block has the table that the ones before it have left', () => {
  const told = [0, 3, 5].map(index => readFieldBlock(requests, index)!)
  assert.deepEqual(
    told.map(({ lines }) => lines.length),
    [4, 5, 5],
  )
  assert.deepEqual(
    told.map(({ table }) => [table?.entries.length, table?.size, table?.maxSize]),
    [
      [1, 57, 4096],
      [2, 110, 4096],
      [3, 164, 4096],
    ],
  )
  assert.deepEqual(told[2]!.table!.entries[0], ['custom-key', 'custom-value'])
  assert.equal(readFieldBlock(requests, 4), undefined)
})

test('a block goes on in CONTINUATION frames, each of which knows its part', () => {
  const [first, second] = [headers(0, '82', 0), headers(1, '86 84', 4, 9)]
  const padded = entry(0, 'to-server', 1, 8, 1, 4, bytes('02 82 00 00'))
  for (const index of [0, 1]) {
    const block = readFieldBlock([padded, second], index)!
    assert.equal(block.lines.length, 3)
    assert.deepEqual(block.parts, [
      { index: 0, start: 0, length: 1, at: 1 },
      { index: 1, start: 1, length: 2, at: 0 },
    ])
  }
  const begun = readFieldBlock([first], 0)!
  assert.equal(begun.lines.length, 1)
  assert.match(begun.problem!, /the rest of the block has not arrived/)
  assert.equal(begun.table, undefined)
})

test('from a table that was kept the rest is told without what came before', () => {
  const table = new DynamicTable()
  table.add([':authority', 'www.example.com'])
  const second = { ...requests[1]!, table: tableBlock(table) }
  const broken = headers(0, 'ff ff ff ff ff ff')
  for (const before of [[], [requests[0]!], [broken]])
    assert.deepEqual(readFieldBlock([...before, second], 3), readFieldBlock(requests, 3))
  assert.equal(readFieldBlock([second, requests[2]!], 5, false)!.table!.size, 164)
})

test('what makes the table unknown is said, and of such blocks nothing is guessed', () => {
  const problemOf = (frames: typeof requests, whole = true) => {
    const block = readFieldBlock(frames, 5, whole)!
    assert.deepEqual(block.lines, [])
    assert.equal(block.table, undefined)
    return block.problem
  }
  const cut = { ...requests[1]!, payload: requests[1]!.payload!.subarray(0, 3) }
  assert.equal(problemOf([requests[0]!, cut, requests[2]!]), 'the dynamic table is unknown: frame 4 was not kept whole')
  const bad = headers(3, 'be')
  assert.match(problemOf([bad, requests[2]!])!, /out of step since frame 4 \(.*no entry has index 62/)
  assert.match(problemOf([requests[2]!], false)!, /too many blocks/)
  const alone = readFieldBlock([headers(0, '82 be')], 0)!
  assert.equal(alone.lines.length, 1)
  assert.match(alone.problem!, /index 62/)
})

test('a block of very many lines, and one in very many frames, stay bounded', () => {
  const many = entry(0, 'to-client', 1, 4, 1, 5000, new Array(5000).fill(0x82))
  const block = readFieldBlock([many], 0)!
  assert.equal(block.lines.length, 2000)
  assert.equal(block.table!.size, 0)
  const flood = [
    headers(0, '82', 0),
    ...Array.from({ length: 200 }, (_, i) => entry(i + 1, 'to-server', 9, 0, 1, 16_384, new Array(16_384).fill(0x82))),
  ]
  assert.match(readFieldBlock(flood, 0)!.problem!, /over 1 MB/)
})

test('no frames make it throw', () => {
  const frame = fc.tuple(fc.constantFrom(1, 5, 9), fc.nat(255), fc.uint8Array({ maxLength: 30 }), fc.nat(3))
  fc.assert(
    fc.property(fc.array(frame, { minLength: 1, maxLength: 6 }), frames => {
      const log = frames.map(([type, flags, payload, more], i) =>
        entry(i, 'to-client', type, flags, 1, payload.length + (more === 0 ? 9 : 0), [...payload]),
      )
      for (const index of log.keys()) assert.ok(readFieldBlock(log, index))
    }),
    { numRuns: 500 },
  )
})
