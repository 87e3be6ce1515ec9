import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FramePacker, unpackFrames } from '../../src/store/frame-page.ts'

const frame = fc.record({
  toClient: fc.boolean(),
  since: fc.nat(1_000_000),
  type: fc.nat(255),
  flags: fc.nat(255),
  stream: fc.nat(2 ** 31 - 1),
  length: fc.nat(2 ** 24 - 1),
  payload: fc.option(fc.uint8Array({ minLength: 1, maxLength: 1500 }), { nil: undefined }),
  table: fc.option(fc.uint8Array({ maxLength: 300 }), { nil: undefined }),
})

test('frames come out as they went in, payloads up to 1 KB but for those with fields, in pages that follow each other', () => {
  fc.assert(
    fc.property(fc.array(frame, { minLength: 1, maxLength: 8 }), fc.nat(8), (frames, cut) => {
      const packer = new FramePacker()
      const pages = []
      for (const [index, { toClient, since, payload, table, ...header }] of frames.entries()) {
        if (index === cut) pages.push(packer.take())
        packer.add(toClient ? 'to-client' : 'to-server', 1_800_000_000_000 + since / 1000, header, payload, table)
      }
      pages.push(packer.take())
      const entries = pages.filter(page => page !== undefined).flatMap(page => unpackFrames(page))
      assert.equal(packer.take(), undefined)
      assert.equal(entries.length, frames.length)
      for (const [index, { toClient, payload, table, type, flags, stream, length }] of frames.entries()) {
        const entry = entries[index]!
        assert.deepEqual([entry.index, entry.direction], [index, toClient ? 'to-client' : 'to-server'])
        assert.deepEqual([entry.type, entry.flags, entry.stream, entry.length], [type, flags, stream, length])
        const kept = [1, 5, 9].includes(type) ? payload : payload?.subarray(0, 1024)
        assert.deepEqual(entry.payload && Buffer.from(entry.payload), kept && Buffer.from(kept))
        assert.deepEqual(entry.table && Buffer.from(entry.table), table && Buffer.from(table))
      }
    }),
  )
})

test('times keep their microseconds; one before the first counts as the first', () => {
  const packer = new FramePacker()
  const header = { type: 6, flags: 1, stream: 0, length: 8 }
  for (const at of [1000, 1000.25, 999]) packer.add('to-server', at, header, undefined)
  const entries = unpackFrames(packer.take()!)
  assert.deepEqual(
    entries.map(({ at }) => at),
    [1000, 1000.25, 1000],
  )
  assert.deepEqual([entries[0]!.typeName, entries[0]!.flagNames], ['PING', ['ACK']])
})

test('one stream of a page keeps the indexes of the log, and a damaged page ends early', () => {
  const packer = new FramePacker()
  for (const stream of [1, 3, 1])
    packer.add('to-client', 0, { type: 8, flags: 0, stream, length: 4 }, Buffer.alloc(4), Buffer.alloc(5))
  const page = packer.take()!
  assert.deepEqual(
    unpackFrames(page, (_, stream) => stream === 1).map(({ index }) => index),
    [0, 2],
  )
  for (let cut = 0; cut < page.packed.length; cut++)
    assert.ok(unpackFrames({ ...page, packed: page.packed.subarray(0, cut) }).length < 3)
})

test('of fields 16 KB are kept, of a table all or nothing', () => {
  const packer = new FramePacker()
  const header = { type: 1, flags: 4, stream: 1, length: 20_000 }
  packer.add('to-server', 0, header, new Uint8Array(20_000), new Uint8Array(65_535))
  packer.add('to-server', 0, header, new Uint8Array(20_000), new Uint8Array(65_536))
  const [first, second] = unpackFrames(packer.take()!)
  assert.deepEqual([first?.payload?.length, first?.table?.length], [16_384, 65_535])
  assert.deepEqual([second?.payload?.length, second?.table], [16_384, undefined])
})
