import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chunkPlan, leastFraming } from '../../../../src/export/pcapng/content/chunk-plan.ts'

/** The framing that a plan makes, by writing it. */
function framingOf(body: number, { size, chunks, zeros }: NonNullable<ReturnType<typeof chunkPlan>>): number {
  let [framing, left] = [zeros, body]
  for (let i = 0; i < chunks; i++) {
    const length = Math.min(size, left)
    framing += `${length.toString(16)}\r\n\r\n`.length
    left -= length
  }
  assert.equal(left, 0)
  return framing
}

test('a plan takes exactly the bytes that it is given', () => {
  for (const body of [1, 15, 16, 17, 255, 1000, 16_384, 100_001])
    for (const framing of [5, 6, 8, 9, 10, 17, 18, 40, 77, 300, 1234]) {
      const plan = chunkPlan(body, framing)
      if (plan) assert.equal(framingOf(body, plan), framing, `${body} ${framing}`)
    }
})

test('whatever a server cuts can be cut again', () => {
  for (const [body, size] of [
    [10_500, 700],
    [100_000, 16_384],
    [100_000, 1],
    [1_000_000, 4096],
    [7, 3],
  ] as const) {
    const framing = framingOf(body, { size, chunks: Math.ceil(body / size), zeros: 0 })
    assert.ok(chunkPlan(body, framing), `${body} in ${size}`)
  }
})

test('less than the least framing, or more than bytes can be cut for, is none', () => {
  assert.equal(leastFraming(1000), 7)
  assert.equal(chunkPlan(1000, 6), undefined)
  assert.deepEqual(chunkPlan(1000, 7), { size: 1000, chunks: 1, zeros: 0 })
  assert.equal(chunkPlan(2, 100), undefined)
  assert.equal(leastFraming(0), 0)
  assert.deepEqual(chunkPlan(0, 0), { size: 0, chunks: 0, zeros: 0 })
  assert.equal(chunkPlan(0, 1), undefined)
})
