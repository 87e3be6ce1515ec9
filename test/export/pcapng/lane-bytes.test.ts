import assert from 'node:assert/strict'
import { test } from 'node:test'
import { laneBytes, type Overlay } from '../../../src/export/pcapng/lane-bytes.ts'

const chunk = (at: number, offset: number, text: string) => ({ at, offset, bytes: Buffer.from(text) })
const overlay = (at: number, offset: number, length: number, text: string | undefined): Overlay => ({
  at,
  offset,
  length,
  bytes: () => (text === undefined ? undefined : Buffer.from(text)),
})
const told = (...[kept, overlays, until]: Parameters<typeof laneBytes>): string[] =>
  [...laneBytes(kept, overlays, until)].map(
    ({ at, offset, bytes, length }) => `${at}:${offset} ${Buffer.from(bytes).toString()}/${length}`,
  )
const end = { offset: 0, at: 99 }

test('what was kept comes in order, once', () => {
  assert.deepEqual(told([chunk(1, 0, 'ab'), chunk(2, 1, 'bcd')], [], end), ['1:0 ab/2', '2:2 cd/2'])
})

test('a record that stands in comes in its place, and over what was kept', () => {
  const kept = [chunk(1, 0, 'ab'), chunk(3, 5, 'fghi')]
  assert.deepEqual(told(kept, [overlay(2, 2, 3, 'CDE'), overlay(4, 6, 2, 'GH')], end), [
    '1:0 ab/2',
    '2:2 CDE/3',
    '3:5 f/1',
    '4:6 GH/2',
    '3:8 i/1',
  ])
})

test('one that has nothing better leaves what was kept', () => {
  assert.deepEqual(told([chunk(1, 0, 'abcd')], [overlay(2, 1, 2, undefined)], end), ['1:0 a/1', '1:1 bcd/3'])
})

test('of what was not kept there is the length', () => {
  assert.deepEqual(told([chunk(1, 2, 'c')], [overlay(2, 5, 4, 'F')], { offset: 12, at: 99 }), [
    '1:0 /2',
    '1:2 c/1',
    '2:3 /2',
    '2:5 F/4',
    '99:9 /3',
  ])
  assert.deepEqual(told([], [], end), [])
})

test('a place that no connection comes to ends the lane', () => {
  assert.deepEqual(told([chunk(1, 0, 'a'), chunk(2, 2 ** 40, 'b')], [], end), ['1:0 a/1'])
  assert.deepEqual(told([chunk(1, 0, 'a')], [], { offset: 2 ** 40, at: 9 }), ['1:0 a/1'])
})
