import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BodyKeeper, inlineBytes } from '../../src/recorder/body-keeper.ts'

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

test('a body that turns out to be long goes to the sink whole, as it comes', () => {
  const { keeper, push, parts } = keeping()
  push(Buffer.alloc(inlineBytes - 1, 'a'))
  push(Buffer.from('b'))
  assert.equal(parts.length, 0)
  push(Buffer.from('cd'))
  push(Buffer.alloc(100_000, 'e'))
  assert.equal(keeper.take(), undefined)
  assert.deepEqual(
    parts.map(({ offset, bytes }) => [offset, bytes.length, String(bytes.subarray(-2))]),
    [
      [0, inlineBytes, 'ab'],
      [inlineBytes, 2, 'cd'],
      [inlineBytes + 2, 100_000, 'ee'],
    ],
  )
})

test('what was taken stays where it is, and only the rest of the body goes to the sink', () => {
  const { keeper, push, parts } = keeping()
  push(Buffer.from('taken '))
  assert.equal(String(keeper.take()), 'taken ')
  push(Buffer.from('held '))
  push(Buffer.alloc(inlineBytes, 'x'))
  assert.equal(String(keeper.take()), 'taken held ')
  assert.deepEqual(
    parts.map(({ offset, bytes }) => [offset, bytes.length]),
    [[11, inlineBytes]],
  )
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

test('bodies are equal where both are known from the first byte to the last', () => {
  const keeperOf = (...parts: readonly string[]): BodyKeeper => {
    const keeper = new BodyKeeper(() => {})
    for (const part of parts) keeper.push(Buffer.from(part), 1_000_000)
    return keeper
  }
  assert.equal(keeperOf('ab', 'c').equals(keeperOf('a', 'bc')), true)
  assert.equal(keeperOf().equals(keeperOf()), true)
  assert.equal(keeperOf('ab').equals(keeperOf('abc')), false)
  const large = 'x'.repeat(20_000)
  assert.equal(keeperOf(large).equals(keeperOf(large)), false)
  const holed = keeperOf('ab')
  holed.skip(1)
  assert.equal(holed.equals(keeperOf('ab')), false)
})
