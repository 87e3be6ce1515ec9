import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Withheld } from '../../../../src/proxy/leg/exact/withheld.ts'

test('what is withheld is told in order when it is released, and all else at once', () => {
  const told: number[] = []
  const withheld = new Withheld()
  withheld.tell(() => told.push(1))
  withheld.tell(() => told.push(2))
  assert.deepEqual([told, withheld.isKeeping], [[], true])
  withheld.release()
  withheld.tell(() => told.push(3))
  withheld.release()
  assert.deepEqual([told, withheld.isKeeping], [[1, 2, 3], false])
})
