import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { HpackDecoder } from '../../../../src/wire/http2/hpack/decoder.ts'
import { HpackEncoder } from '../../../../src/wire/http2/hpack/encoder.ts'
import { staticTable } from '../../../../src/wire/http2/hpack/static-table.ts'
import {
  incremental,
  indexed,
  kindOf,
  neverIndexed,
  notIndexed,
  shortest,
} from '../../../../src/wire/http2/hpack/way.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const noWays = new Uint8Array(0)

/** Decodes blocks and encodes them anew: what a fork that nobody uses gives. */
function again(blocks: readonly string[], tableSize = 4096, encoder = new HpackEncoder([], tableSize)): string[] {
  const decoder = new HpackDecoder()
  decoder.allow(tableSize)
  decoder.table.resize(tableSize)
  return blocks.map(block => {
    const fields = decoder.decode(Buffer.from(block.replaceAll(' ', ''), 'hex'))
    for (const size of decoder.sizes) encoder.resize(size)
    const bytes = hex(encoder.encode(fields, decoder.ways))
    assert.deepEqual(encoder.table.entries(), decoder.table.entries())
    return bytes
  })
}

const rfc = {
  'C.2.1': [['400a637573746f6d2d6b65790d637573746f6d2d686561646572'], 4096],
  'C.2.2': [['040c2f73616d706c652f70617468'], 4096],
  'C.2.3': [['100870617373776f726406736563726574'], 4096],
  'C.2.4': [['82'], 4096],
  'C.3': [
    [
      '828684410f7777772e6578616d706c652e636f6d',
      '828684be58086e6f2d6361636865',
      '828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565',
    ],
    4096,
  ],
  'C.4': [
    [
      '828684418cf1e3c2e5f23a6ba0ab90f4ff',
      '828684be5886a8eb10649cbf',
      '828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf',
    ],
    4096,
  ],
  'C.6': [
    [
      '488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3',
      '4883640effc1c0bf',
      '88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007',
    ],
    256,
  ],
} as const

for (const [name, [blocks, size]] of Object.entries(rfc))
  test(`RFC 7541 ${name}: its blocks come out as they went in`, () => {
    assert.deepEqual(again(blocks, size), blocks)
  })

interface Story {
  readonly description: string
  readonly cases: readonly { readonly wire: string }[]
}
const fixture = new URL('../../../fixtures/hpack/nghttp2.json', import.meta.url)
for (const { description, cases } of (JSON.parse(readFileSync(fixture, 'utf8')) as { stories: Story[] }).stories)
  test(`nghttp2, ${description}: its blocks come out as they went in`, () => {
    const blocks = cases.map(({ wire }) => wire)
    assert.deepEqual(again(blocks, 4096), blocks)
  })

test('a field without a way is not indexed, in the shorter form', () => {
  assert.equal(hex(new HpackEncoder().encode([['x-a', '\x01']], noWays)), '0003782d610101')
  const encoder = new HpackEncoder()
  assert.equal(hex(encoder.encode([['cache-control', 'no-cache']], noWays)), '0f0986a8eb10649cbf')
  assert.equal(encoder.table.length, 0)
})

test('an index that lost its entry is a literal that brings it back', () => {
  const encoder = new HpackEncoder()
  const ways = Uint8Array.of(indexed)
  const decoder = new HpackDecoder()
  for (const length of [1, 1]) {
    const block = encoder.encode([['x-a', 'b']], ways)
    assert.deepEqual(decoder.decode(block), [['x-a', 'b']])
    assert.equal(decoder.table.length, length)
  }
  assert.equal(hex(encoder.encode([['x-a', 'b']], ways)), 'be')
})

test('a table that the receiver makes smaller shrinks with the next block, by the least and the last of what was said', () => {
  const encoder = new HpackEncoder([['a', 'b']], 4096)
  encoder.allow(0)
  encoder.allow(100)
  encoder.resize(4096)
  assert.equal(hex(encoder.encode([], noWays)), '203f45')
  assert.deepEqual([encoder.table.length, encoder.table.maxSize], [0, 100])
  assert.equal(hex(encoder.encode([], noWays)), '')
})

test('the table before the last block is known after it', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(60), { maxLength: 8 }), { maxLength: 8 }), fc.nat(300), (blocks, size) => {
      const decoder = new HpackDecoder()
      decoder.table.resize(size)
      const encoder = new HpackEncoder([], size)
      for (const lengths of blocks) {
        const before = { entries: decoder.table.entries(), maxSize: decoder.table.maxSize }
        const fields = lengths.map((length, i) => [`n${i}`, 'v'.repeat(length)] as const)
        decoder.decode(encoder.encode(fields, new Uint8Array(fields.length).fill(incremental)))
        assert.deepEqual(decoder.before(), before)
      }
    }),
  )
})

const text = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map(octets => Buffer.from(octets).toString('latin1')),
  fc.constantFrom('GET', '200', '/', 'x'),
)
const line = fc.record({
  name: fc.oneof(text, fc.constantFrom(...staticTable.map(([name]) => name))),
  value: text,
  way: fc.constantFrom(0, 1, 2, 3, 5, 9, 13, 14, 15, shortest | 1, shortest | 2),
})
const step = fc.oneof(
  fc.record({ block: fc.array(line, { maxLength: 10 }) }),
  fc.record({ allow: fc.constantFrom(0, 50, 200, 4096, 9000) }),
  fc.record({ resize: fc.constantFrom(0, 64, 300, 4096) }),
)

test('whatever is asked for, a decoder reads the same fields, has the same table, and never-indexed stays so', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), steps => {
      const [encoder, decoder] = [new HpackEncoder(), new HpackDecoder()]
      decoder.allow(9000)
      for (const at of steps) {
        if ('allow' in at) encoder.allow(at.allow)
        else if ('resize' in at) encoder.resize(at.resize)
        else {
          const fields = at.block.map(({ name, value }) => [name, value] as const)
          const ways = Uint8Array.from(at.block, ({ way }) => way)
          assert.deepEqual(decoder.decode(encoder.encode(fields, ways)), fields)
          assert.deepEqual(decoder.table.entries(), encoder.table.entries())
          for (const [i, way] of decoder.ways.entries())
            if (kindOf(ways[i]!) >= notIndexed) assert.equal(kindOf(way), kindOf(ways[i]!))
          assert.ok(decoder.ways.every((way, i) => kindOf(way) !== neverIndexed || kindOf(ways[i]!) === neverIndexed))
        }
      }
    }),
  )
})
