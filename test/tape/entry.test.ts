import assert from 'node:assert/strict'
import { test } from 'node:test'
import { directionOfFlags, entryKind, flagsOf, legOfFlags } from '../../src/tape/entry.ts'

test('leg and direction come back from their flags, and no two pairs share flags', () => {
  const seen = new Set<number>()
  for (const leg of ['client', 'upstream'] as const) {
    for (const direction of ['to-server', 'to-client'] as const) {
      const flags = flagsOf(leg, direction)
      assert.equal(legOfFlags(flags), leg)
      assert.equal(directionOfFlags(flags), direction)
      seen.add(flags)
    }
  }
  assert.equal(seen.size, 4)
})

test('no two kinds of entry share a number', () => {
  const numbers = Object.values(entryKind)
  assert.equal(new Set(numbers).size, numbers.length)
})
