import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFieldBlock } from '../../../src/view/frames/field-block.ts'
import { representationLines, tableLines } from '../../../src/view/frames/hpack-lines.ts'
import type { DetailLine } from '../../../src/view/handshake/message-detail.ts'
import { entry } from '../make-frames.ts'

const frame = (index: number, hex: string, flags = 4, type = 1) => {
  const payload = [...Buffer.from(hex.replaceAll(' ', ''), 'hex')]
  return entry(index, 'to-client', type, flags, 1, payload.length, payload)
}
const drawn = (lines: readonly DetailLine[]) =>
  lines.map(({ indent, name, shown, range }) => {
    const at = range ? ` @${range.start}-${range.end}` : ''
    return `${'  '.repeat(indent)}${name} | ${shown}${at}`
  })
const first = '4882 6402 5885 aec3 771a 4b'
const log = [frame(0, `3f 21 ${first}`), frame(1, '4883 640e ffc0 1007 7061 7373 776f 7264 0673 6563 7265 74')]

test('each line says its representation, its bytes and its field, and below that its parts (RFC 7541 C.6)', () => {
  const block = readFieldBlock(log.slice(0, 1), 0)!
  assert.deepEqual(drawn(representationLines(block, log[0]!, 0)), [
    'table size update      |    2 B    64 octets at most @0-2',
    '  representation | Dynamic Table Size Update (RFC 7541 6.3) @0-1',
    'incremental, static 8  |    4 B H  :status: 302 @2-6',
    '  representation | Literal Header Field with Incremental Indexing (RFC 7541 6.2.1) @2-3',
    '  index | 8 of the static table, its name',
    '  value | Huffman, 2 B for 3 B: 302 @4-6',
    '  added | as dynamic 62',
    'incremental, static 24 |    7 B H  cache-control: private @6-13',
    '  representation | Literal Header Field with Incremental Indexing (RFC 7541 6.2.1) @6-7',
    '  index | 24 of the static table, its name',
    '  value | Huffman, 5 B for 7 B: private @8-13',
    '  added | as dynamic 62',
    '  evicted | :status: 302',
  ])
  assert.deepEqual(drawn(tableLines(block, 0)), [
    'Dynamic table after the block | 1 entry, 52 of 64 octets; 2 added, 1 evicted',
    '  62 new |   52 octets  cache-control: private',
  ])
})
