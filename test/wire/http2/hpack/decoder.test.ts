import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { HpackDecoder, maxListSize } from '../../../../src/wire/http2/hpack/decoder.ts'
import { staticTable } from '../../../../src/wire/http2/hpack/static-table.ts'
import { MalformedError } from '../../../../src/wire/reader.ts'
import { integer, literal, string } from '../frame-bytes.ts'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex')
const lines = (fields: readonly (readonly [string, string])[]) => fields.map(([name, value]) => `${name}: ${value}`)

const decoder = (tableSize?: number) => {
  const hpack = new HpackDecoder()
  if (tableSize !== undefined) hpack.table.resize(tableSize)
  return { hpack, read: (hex: string) => lines(hpack.decode(bytes(hex))), table: () => lines(hpack.table.entries()) }
}

test('RFC 7541 C.2: the four representations', () => {
  const indexed = decoder()
  assert.deepEqual(indexed.read('400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572'), [
    'custom-key: custom-header',
  ])
  assert.equal(indexed.hpack.table.size, 55)
  const { read, table } = decoder()
  assert.deepEqual(read('040c 2f73 616d 706c 652f 7061 7468'), [':path: /sample/path'])
  assert.deepEqual(read('1008 7061 7373 776f 7264 0673 6563 7265 74'), ['password: secret'])
  assert.deepEqual(read('82'), [':method: GET'])
  assert.deepEqual(table(), [])
})

const requests = [
  [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com'],
  [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com', 'cache-control: no-cache'],
  [':method: GET', ':scheme: https', ':path: /index.html', ':authority: www.example.com', 'custom-key: custom-value'],
]

for (const [name, blocks] of [
  [
    'C.3, without Huffman',
    [
      '8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
      '8286 84be 5808 6e6f 2d63 6163 6865',
      '8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65',
    ],
  ],
  [
    'C.4, with Huffman',
    [
      '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff',
      '8286 84be 5886 a8eb 1064 9cbf',
      '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf',
    ],
  ],
] as const)
  test(`RFC 7541 ${name}: three requests on one connection`, () => {
    const { hpack, read, table } = decoder()
    assert.deepEqual(blocks.map(read), requests)
    assert.deepEqual(table(), ['custom-key: custom-value', 'cache-control: no-cache', ':authority: www.example.com'])
    assert.equal(hpack.table.size, 164)
  })

const cookie = 'set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1'
const responses = [
  [
    ':status: 302',
    'cache-control: private',
    'date: Mon, 21 Oct 2013 20:13:21 GMT',
    'location: https://www.example.com',
  ],
  [
    ':status: 307',
    'cache-control: private',
    'date: Mon, 21 Oct 2013 20:13:21 GMT',
    'location: https://www.example.com',
  ],
  [
    ':status: 200',
    'cache-control: private',
    'date: Mon, 21 Oct 2013 20:13:22 GMT',
    'location: https://www.example.com',
    'content-encoding: gzip',
    cookie,
  ],
]

test('RFC 7541 C.6: three responses with a table of 256 octets, which evicts', () => {
  const { hpack, read, table } = decoder(256)
  const blocks = [
    '4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3',
    '4883 640e ffc1 c0bf',
    '88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07',
  ]
  assert.deepEqual(blocks.map(read), responses)
  assert.deepEqual(table(), [cookie, 'content-encoding: gzip', 'date: Mon, 21 Oct 2013 20:13:22 GMT'])
  assert.equal(hpack.table.size, 215)
})

/** What the trace says of each line: kind, index, bytes, strings (H: Huffman), then `+` where added, and how many went. */
const traced = (hpack: HpackDecoder, hex: string): string[] => {
  const told: string[] = []
  hpack.trace = line => {
    const of = (part: 'name' | 'value') => {
      const at = line.kind === 'size-update' ? undefined : line[part]
      return at ? ` ${part} ${at.start}-${at.end}${at.huffman ? 'H' : ''}` : ''
    }
    const what = line.kind === 'size-update' ? `${line.size}` : `${line.index}${line.added ? '+' : ''}`
    const went = line.evicted.map(([name]) => ` evicts ${name}`).join('')
    told.push(`${line.kind} ${what} at ${line.start}-${line.end}${of('name')}${of('value')}${went}`)
  }
  hpack.decode(bytes(hex))
  hpack.trace = undefined
  return told
}

test('RFC 7541 C.2 and C.4: a trace says how each field stood in its block', () => {
  const { hpack } = decoder()
  assert.deepEqual(traced(hpack, '040c 2f73 616d 706c 652f 7061 7468'), ['not-indexed 4 at 0-14 value 2-14'])
  assert.deepEqual(traced(hpack, '1008 7061 7373 776f 7264 0673 6563 7265 74'), [
    'never-indexed 0 at 0-17 name 2-10 value 11-17',
  ])
  const third = '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf'
  const requests = decoder()
  traced(requests.hpack, '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff')
  traced(requests.hpack, '8286 84be 5886 a8eb 1064 9cbf')
  assert.deepEqual(traced(requests.hpack, third), [
    'indexed 2 at 0-1',
    'indexed 7 at 1-2',
    'indexed 5 at 2-3',
    'indexed 63 at 3-4',
    'incremental 0+ at 4-24 name 6-14H value 15-24H',
  ])
})

test('RFC 7541 C.6: a trace says which entries went, and a field that is larger than the table empties it', () => {
  const { hpack } = decoder(256)
  const first =
    '4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3'
  assert.deepEqual(traced(hpack, first), [
    'incremental 8+ at 0-4 value 2-4H',
    'incremental 24+ at 4-11 value 6-11H',
    'incremental 33+ at 11-35 value 13-35H',
    'incremental 46+ at 35-54 value 37-54H',
  ])
  assert.deepEqual(traced(hpack, '4883 640e ffc1 c0bf'), [
    'incremental 8+ at 0-5 value 2-5H evicts :status',
    'indexed 65 at 5-6',
    'indexed 64 at 6-7',
    'indexed 63 at 7-8',
  ])
  assert.deepEqual(traced(hpack, '3f 45'), ['size-update 100 at 0-2 evicts cache-control evicts date evicts location'])
  const tooLong = Buffer.concat([Buffer.from([0x40]), string('x'), string('y'.repeat(100))]).toString('hex')
  assert.deepEqual(traced(hpack, tooLong), ['incremental 0 at 0-104 name 2-3 value 4-104 evicts :status'])
  assert.equal(hpack.table.length, 0)
})

test('a table size update stands first and stays under what the receiver allows', () => {
  const { hpack, read } = decoder()
  assert.deepEqual(read('3f81 1f 20 3f81 1f 82'), [':method: GET'])
  assert.throws(() => read('3fe2 1f'), /a table of 4097 octets where 4096 are allowed at byte 0/)
  hpack.allow(65_536)
  assert.deepEqual(read('3fe2 1f'), [])
  assert.equal(hpack.table.maxSize, 4097)
  assert.throws(() => read('82 20'), /after a field at byte 1/)
})

test('what breaks a block is named with its offset', () => {
  for (const [hex, message] of [
    ['80', /index 0 at byte 0/],
    ['82 be', /index 62 at byte 1/],
    ['82 ff ffff ffff 7f', /integer over 2\^31/],
    ['ff 80 80 80 80 80 80', /integer over 2\^31/],
    ['00 05 61', /a string of 5 octets, 1 are left at byte 2/],
    ['40', /ends inside a field at byte 1/],
    ['00 01 61', /ends inside a field at byte 3/],
  ] as const)
    assert.throws(() => decoder().read(hex), message, hex)
})

test('a small block cannot unfold without bound', () => {
  const { hpack } = decoder()
  hpack.decode(literal('a', 'x'.repeat(4000), true))
  const fields = hpack.decode(new Uint8Array(100_000).fill(0xbe))
  assert.equal(hpack.truncated, true)
  assert.equal(fields.length, Math.floor(maxListSize / 4033))
})

/** A tiny encoder: every field in the way that `how` says. */
function encode(fields: readonly Coded[]): Buffer {
  return Buffer.concat(
    fields.map(({ how, name, value, huffman }) => {
      const known = staticTable.findIndex(([n]) => n === name) + 1
      const whole = staticTable.findIndex(([n, v]) => n === name && v === value) + 1
      if (how === 'indexed' && whole > 0) return Buffer.from(integer(whole, 7, 0x80))
      const [bits, first] =
        how === 'indexed' || how === 'incremental' ? [6, 0x40] : how === 'never' ? [4, 0x10] : [4, 0]
      const head = Buffer.from(integer(known, bits!, first!))
      return Buffer.concat([head, known > 0 ? Buffer.alloc(0) : string(name, huffman), string(value, huffman)])
    }),
  )
}
interface Coded {
  readonly how: 'indexed' | 'incremental' | 'without' | 'never'
  readonly name: string
  readonly value: string
  readonly huffman: boolean
}
const latin1 = fc.uint8Array({ maxLength: 60 }).map(array => Buffer.from(array).toString('latin1'))
const coded: fc.Arbitrary<Coded> = fc.record({
  how: fc.constantFrom('indexed', 'incremental', 'without', 'never'),
  name: fc.oneof(latin1, fc.constantFrom(...staticTable.map(([name]) => name))),
  value: fc.oneof(latin1, fc.constantFrom('GET', '200', '/')),
  huffman: fc.boolean(),
})

test('any fields in any representation come back, block after block', () => {
  fc.assert(
    fc.property(fc.array(fc.array(coded, { maxLength: 12 }), { maxLength: 6 }), blocks => {
      const { hpack } = decoder()
      for (const fields of blocks)
        assert.deepEqual(
          hpack.decode(encode(fields)),
          fields.map(({ name, value }) => [name, value]),
        )
    }),
  )
})

test('an entry that was added is found by its index, until it is evicted', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 60 }), lengths => {
      const { hpack } = decoder()
      lengths.forEach((length, i) => void hpack.decode(literal(`n${i}`, 'v'.repeat(length), true)))
      const last = hpack.table.length
      for (let index = 0; index < last; index++)
        assert.equal(hpack.decode(Buffer.from(integer(62 + index, 7, 0x80)))[0]![0], `n${lengths.length - 1 - index}`)
      assert.throws(() => hpack.decode(Buffer.from(integer(62 + last, 7, 0x80))), MalformedError)
    }),
    { numRuns: 50 },
  )
})

test('no bytes make it throw anything but MalformedError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), block => {
      try {
        new HpackDecoder().decode(block)
      } catch (error) {
        assert.ok(error instanceof MalformedError)
      }
    }),
    { numRuns: 500 },
  )
})
