import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SeenIds } from '../../src/export/seen-ids.ts'

test('a number is new once, however large it is', () => {
  const seen = new SeenIds()
  const ids = [0, 1, 7, 8, 32_767, 32_768, 2 ** 40, Number.MAX_SAFE_INTEGER]
  assert.ok(ids.every(id => !seen.has(id) && seen.add(id) && seen.has(id)))
  assert.ok(!seen.has(2))
  assert.ok(ids.every(id => !seen.add(id)))
})
