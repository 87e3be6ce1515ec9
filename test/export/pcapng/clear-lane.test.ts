import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clearLane } from '../../../src/export/pcapng/clear-lane.ts'
import { type LaneContent, latin1Part } from '../../../src/export/pcapng/content/lane-content.ts'

const kept = [{ at: 1, offset: 0, bytes: Buffer.from('CONNECT GET') }]
const content: LaneContent = {
  lost: 0,
  messages: [
    { notBefore: 0, length: 3, parts: () => [latin1Part(5, 'GE'), latin1Part(5, 'T')] },
    { notBefore: 0, length: 1, chunked: 2, parts: framing => [latin1Part(6, `!${'#'.repeat(framing)}xy`)] },
  ],
}
const told = ({ bytes }: ReturnType<typeof clearLane>): string[] =>
  [...bytes].map(({ at, offset, bytes, length }) => `${at}:${offset} ${Buffer.from(bytes).toString()}/${length}`)

test('what was kept of the beginning goes before the content, and no byte comes twice', () => {
  const lane = clearLane(kept, content, { start: 8, total: 8 + 3 + 1 + 2 + 6, closedAt: 9 })
  assert.deepEqual(told(lane), ['1:0 CONNECT /8', '5:8 GET/3', '6:11 !######xy/9'])
  assert.deepEqual([lane.length, lane.anew], [20, { lost: 0 }])
})

test('where the length is another than can be made, that is said', () => {
  const lane = clearLane(kept, content, { start: 8, total: 100, closedAt: 9 })
  assert.deepEqual([lane.length, lane.anew], [19, { lost: 0, inexact: true }])
  assert.deepEqual(clearLane([], content, { start: undefined, total: undefined, closedAt: 9 }).anew, { lost: 0 })
})

test('content that is not known leaves its length', () => {
  const lane = clearLane(kept, 'nobody knows', { start: 8, total: 20, closedAt: 9 })
  assert.deepEqual(told(lane), ['1:0 CONNECT GET/11', '9:11 /9'])
  assert.deepEqual(lane.anew, { why: 'nobody knows' })
})
