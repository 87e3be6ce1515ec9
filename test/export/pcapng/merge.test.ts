import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inOrderOfTime } from '../../../src/export/pcapng/merge.ts'

test('sequences become one in the order of time; of the same time the first goes first', () => {
  const of = (name: string, ...times: number[]) => times.map(at => ({ at, name }))
  const merged = [...inOrderOfTime([of('a', 1, 3, 3), [], of('b', 0, 3, 4)])]
  assert.equal(merged.map(({ at, name }) => name + at).join(' '), 'b0 a1 a3 a3 b3 b4')
})
