import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chunkPlan } from '../../../../src/export/pcapng/content/chunk-plan.ts'
import { fit, leastFramings } from '../../../../src/export/pcapng/content/fit.ts'
import type { LaneMessage } from '../../../../src/export/pcapng/content/lane-content.ts'

const message = (notBefore: number, length: number, chunked?: number): LaneMessage => ({
  notBefore,
  length,
  ...(chunked !== undefined && { chunked }),
  parts: () => [],
})
const slot = (at: number, room: number) => ({ at, room })

test('messages without chunks fit where their length is that of the records', () => {
  assert.deepEqual(fit([message(0, 10), message(0, 20)], [slot(1, 25), slot(2, 5)]), [0, 0])
  assert.equal(fit([message(0, 10), message(0, 20)], [slot(1, 25)]), undefined)
  assert.deepEqual(fit([], []), [])
  assert.equal(fit([], [slot(1, 1)]), undefined)
})

test('what is over belongs to the framing of the one body in chunks', () => {
  assert.deepEqual(fit([message(0, 10), message(0, 20, 100)], [slot(1, 130), slot(9, 6)]), [0, 6])
  assert.equal(fit([message(0, 20, 100)], [slot(1, 120)]), undefined)
})

test('of several in chunks each fills the records of its own time', () => {
  const messages = [message(0, 10, 100), message(50, 10, 100), message(80, 7)]
  const slots = [slot(1, 60), slot(2, 56), slot(50, 118), slot(90, 7)]
  assert.deepEqual(fit(messages, slots), [6, 8, 0])
  assert.equal(fit(messages, [slot(1, 60), slot(2, 56), slot(50, 110)]), undefined)
})

test('pipelined answers in chunks share the framing by their length', () => {
  const messages = [message(0, 10, 1000), message(1, 20), message(2, 10, 3000), message(3, 10, 0)]
  for (const extra of [40, 41, 57, 100, 333]) {
    const framing = fit(messages, [slot(9, 4050 + extra)])
    assert.ok(framing, String(extra))
    assert.deepEqual([framing[1], framing[3]], [0, 0])
    assert.equal(framing[0]! + framing[2]!, extra)
    assert.ok(framing[0]! < framing[2]!)
    for (const i of [0, 2]) assert.ok(chunkPlan(messages[i]!.chunked!, framing[i]!))
  }
  assert.equal(fit(messages, [slot(9, 4053)]), undefined)
})

test('where nothing says how long they were, the framing is the least', () => {
  assert.deepEqual(leastFramings([message(0, 10), message(0, 10, 255), message(0, 1, 0)]), [0, 6, 0])
})
