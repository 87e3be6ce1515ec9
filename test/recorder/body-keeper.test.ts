import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BodyKeeper, inlineBytes, rowBytes } from '../../src/recorder/body-keeper.ts'

/** A keeper with its sink, and the body put together from both. */
function keeping() {
  const parts: { offset: number; bytes: Buffer }[] = []
  const keeper = new BodyKeeper((offset, rest) => parts.push({ offset, bytes: Buffer.from(rest) }))
  let inline = Buffer.alloc(0)
  const take = (): void => {
    const taken = keeper.take()
    if (taken) inline = Buffer.from(taken)
  }
  return {
    keeper,
    push: (bytes: Uint8Array, limit = Number.POSITIVE_INFINITY) => keeper.push(bytes, limit),
    take,
    parts,
    /** Offset to byte of all that is kept. */
    kept(): Map<number, number> {
      take()
      keeper.drain()
      const bytes = new Map<number, number>()
      for (const { offset, bytes: run } of [{ offset: 0, bytes: inline }, ...parts]) {
        run.forEach((byte, index) => {
          assert.ok(!bytes.has(offset + index), `byte ${offset + index} is kept twice`)
          bytes.set(offset + index, byte)
        })
      }
      return bytes
    },
  }
}

test('a short body is held, and nothing goes to the sink', () => {
  const { keeper, push, parts } = keeping()
  assert.equal(push(Buffer.from('hel')), 3)
  assert.equal(push(Buffer.from('lo')), 2)
  assert.equal(String(keeper.take()), 'hello')
  assert.deepEqual(parts, [])
})

test('the beginning is taken again only when it has grown', () => {
  const { keeper, push } = keeping()
  assert.equal(keeper.take(), undefined)
  push(Buffer.from('a'))
  assert.equal(String(keeper.take()), 'a')
  assert.equal(keeper.take(), undefined)
  push(Buffer.from('b'))
  assert.equal(String(keeper.take()), 'ab')
})

test('what is past the beginning goes to the sink at its offset', () => {
  const { keeper, push, parts } = keeping()
  push(Buffer.alloc(inlineBytes - 1, 'a'))
  push(Buffer.from('bcd'))
  assert.equal(keeper.take()!.length, inlineBytes)
  keeper.drain()
  assert.deepEqual(
    parts.map(({ offset, bytes }) => [offset, String(bytes)]),
    [[inlineBytes, 'cd']],
  )
})

test('a long body goes to the sink in rows of one size, without waiting to be drained', () => {
  const { keeper, push, parts } = keeping()
  const body = Buffer.alloc(inlineBytes + 2 * rowBytes + 7, 'x')
  for (let from = 0; from < body.length; from += 10_000) push(body.subarray(from, from + 10_000))
  assert.deepEqual(
    parts.map(({ offset, bytes }) => [offset, bytes.length]),
    [
      [inlineBytes, rowBytes],
      [inlineBytes + rowBytes, rowBytes],
    ],
  )
  keeper.drain()
  assert.equal(parts[2]!.bytes.length, 7)
})

test('held bytes are a copy: the slab they came in is written again', () => {
  const { keeper, push } = keeping()
  const slab = Buffer.from('hello')
  push(slab)
  slab.fill(0)
  assert.equal(String(keeper.take()), 'hello')
})

test('what is kept is the body at its own offsets, up to the limit, whatever was skipped between', () => {
  const step = fc.oneof(
    fc.record({ push: fc.nat(9000), limit: fc.constantFrom(0, 10_000, 30_000, 1_000_000) }),
    fc.record({ skip: fc.nat(500) }),
    fc.constant({ take: true }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), steps => {
      const { keeper, push, take, kept } = keeping()
      let offset = 0
      let expected = 0
      for (const one of steps) {
        if ('push' in one) {
          const bytes = Buffer.from(Array.from({ length: one.push }, (_, index) => (offset + index) % 251))
          const before = expected
          expected += push(bytes, one.limit)
          assert.equal(expected - before, Math.min(one.push, Math.max(0, one.limit - before)))
          offset += one.push
        } else if ('skip' in one) {
          keeper.skip(one.skip)
          offset += one.skip
        } else take()
      }
      const bytes = kept()
      assert.equal(bytes.size, expected)
      for (const [at, byte] of bytes) assert.ok(at < offset && byte === at % 251, `byte ${at}`)
    }),
  )
})
