import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Bucket } from '../../src/rules/bucket.ts'
import { type Pacer, pacerOf } from '../../src/rules/pacer.ts'

/** Sends a body that is there at `start`, as a relay does, and gives when its first and last bytes went on. */
function send(pacer: Pacer, length: number, start: number): { readonly first: number; readonly last: number } {
  let now = start
  let first: number | undefined
  for (let left = length; left > 0; ) {
    const { bytes, at } = pacer.next(left, start, now)
    assert.ok(bytes >= 1 && bytes <= left)
    assert.ok(at >= now)
    left -= bytes
    now = at
    first ??= at
  }
  return { first: first ?? now, last: now }
}

test('nothing asked for holds nothing back', () => {
  const pacer = pacerOf({})
  assert.equal(pacer.head(5), 5)
  assert.deepEqual(pacer.next(1e9, 5, 5), { bytes: 1e9, at: 5 })
})

test('a head is delayed', () => {
  assert.equal(pacerOf({ delay: 200 }).head(5), 205)
})

test('a body takes as long as its bits do, in small parts', () => {
  const { first, last } = send(pacerOf({ bitsPerSecond: 800_000 }), 100_000, 10)
  assert.equal(last, 1010)
  assert.ok(first < 100)
})

test('latency comes once to what is waiting, and again to what comes after a pause', () => {
  const pacer = pacerOf({ bitsPerSecond: 800_000, latency: 300 })
  const { last } = send(pacer, 20_000, 0)
  assert.ok(last >= 450 && last <= 500, String(last))
  assert.equal(pacer.next(100, 2000, 2000).at, 2300)
})

test('the first byte of a body waits, the others do not', () => {
  const pacer = pacerOf({ firstByte: 500 })
  assert.equal(pacer.next(10, 0, 0).at, 500)
  assert.equal(pacer.next(10, 600, 600).at, 600)
})

test('two messages that share a rate get half of it each', () => {
  const shared = new Bucket(800_000)
  const [one, other] = [pacerOf({ shared }), pacerOf({ shared })]
  let at = 0
  for (let sent = 0; sent < 50_000; sent += 5000) at = Math.max(one.next(5000, 0, at).at, other.next(5000, 0, at).at)
  assert.equal(at, 1000)
})

test('a rate of next to nothing still moves', () => {
  assert.deepEqual(pacerOf({ bitsPerSecond: 1 }).next(10, 0, 0), { bytes: 10, at: 80_000 })
})
