import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type BelowTls, unpackBelowTls } from '../../src/store/below-tls.ts'
import { BelowTlsPacker } from '../../src/store/below-tls-packer.ts'

const leg = fc.constantFrom('client', 'upstream')
const direction = fc.constantFrom('to-server', 'to-client')
const at = fc.oneof(
  fc.constant(5),
  fc.double({ noNaN: true, min: -8.64e15, max: 8.64e15 }).map(at => at + 0),
)
const offset = fc.oneof(
  fc.nat(300),
  fc.nat({ max: 2 ** 31 }).map(high => high * 2 ** 16 + 7),
)
const record = <T>(model: { [Name in keyof T]: fc.Arbitrary<T[Name]> }) => fc.record(model, { noNullPrototype: true })
const entry: fc.Arbitrary<BelowTls> = fc.oneof(
  record({
    ...{ kind: fc.constant('wire'), leg, direction },
    chunk: record({ at, offset, bytes: fc.uint8Array({ minLength: 1, maxLength: 400 }) }),
  }),
  record({
    ...{ kind: fc.constant('header'), leg, direction },
    header: record({ at, offset, type: fc.nat(255), version: fc.nat(0xffff), length: fc.nat(0xffff) }),
  }),
  record({ kind: fc.constant('key'), leg, line: fc.string({ unit: 'grapheme', maxLength: 200 }) }),
) as never

function add(packer: BelowTlsPacker, connection: number, entry: BelowTls): void {
  if (entry.kind === 'wire') {
    const bytes = Buffer.from(entry.chunk.bytes)
    packer.wire(connection, entry.leg, entry.direction, { ...entry.chunk, bytes })
    bytes.fill(0xee) // it is used again
  } else if (entry.kind === 'header') packer.header(connection, entry.leg, entry.direction, entry.header)
  else packer.key(connection, entry.leg, entry.line)
}

const plain = (entries: Iterable<BelowTls>): unknown[] =>
  [...entries].map(entry =>
    entry.kind === 'wire' ? { ...entry, chunk: { ...entry.chunk, bytes: [...entry.chunk.bytes] } } : entry,
  )

function opened() {
  const pages: { connection: number; packed: Buffer }[] = []
  const packer = new BelowTlsPacker((connection, packed) => pages.push({ connection, packed: Buffer.from(packed) }))
  return { packer, pages }
}

test('what lies below TLS comes out as it went in, a page a connection, in order', () => {
  const { packer, pages } = opened()
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3), entry), { maxLength: 40 }), all => {
      for (const [connection, each] of all) add(packer, connection, each)
      packer.flush()
      const written = pages.splice(0)
      const connections = new Set(all.map(([connection]) => connection))
      assert.deepEqual(
        written.map(({ connection }) => connection),
        [...connections],
      )
      for (const { connection, packed } of written) {
        const own = all.filter(([one]) => one === connection).map(([, each]) => each)
        assert.deepEqual(plain(unpackBelowTls(packed)), plain(own))
      }
    }),
  )
})

test('a record that follows another takes seven bytes, and eight more at another time', () => {
  const { packer, pages } = opened()
  const header = (index: number, at: number) => ({ at, offset: index * 105, type: 23, version: 0x303, length: 100 })
  for (let i = 0; i < 10; i++) packer.header(1, 'client', 'to-client', header(i, 5.25))
  packer.header(1, 'client', 'to-client', header(10, 6))
  packer.flush()
  assert.equal(pages[0]?.packed.length, 8 + 11 * 7 + 8)
})

test('what was written is not written again, and nothing is written for what has no bytes', () => {
  const { packer, pages } = opened()
  packer.wire(1, 'client', 'to-server', { at: 1, offset: 0, bytes: new Uint8Array(0) })
  packer.flush()
  assert.equal(pages.length, 0)
  packer.key(1, 'client', 'LABEL 00 11')
  packer.flush()
  packer.flush()
  assert.equal(pages.length, 1)
})

test('more than there is room for is written at once, and nothing of it is lost', () => {
  const { packer, pages } = opened()
  for (let i = 0; i < 16_385; i++) packer.key(i % 2, 'client', String(i))
  assert.equal(pages.length, 2)
  for (let i = 0; i < 5; i++)
    packer.wire(2, 'client', 'to-server', { at: i, offset: i, bytes: Buffer.alloc(400_000, i) })
  packer.wire(3, 'client', 'to-server', { at: 1, offset: 0, bytes: Buffer.alloc(3_000_000, 7) })
  packer.key(3, 'client', 'last')
  packer.flush()
  const found = pages.flatMap(({ packed }) => [...unpackBelowTls(packed)])
  assert.equal(found.filter(({ kind }) => kind === 'key').length, 16_386)
  const wire = found.flatMap(each => (each.kind === 'wire' ? [each.chunk.bytes] : []))
  assert.deepEqual(
    wire.map(bytes => [bytes.length, bytes[0], bytes.at(-1)]),
    [...Array.from({ length: 5 }, (_, i) => [400_000, i, i]), [3_000_000, 7, 7]],
  )
  assert.equal(found.length, 16_386 + 6)
})
