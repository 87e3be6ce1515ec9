import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reduce } from '../../../src/tui/state/reduce.ts'
import { flowRow, press, rowWorld, settled } from '../world.ts'

const world = rowWorld(Array.from({ length: 30 }, (_, i) => flowRow(i + 1, { method: i % 3 ? 'GET' : 'POST' })))

test('o goes through the orders, v turns one round, and order names one', () => {
  const by = (...keys: string[]) => press(world, keys).sort
  assert.deepEqual(by('o'), { by: 'duration', descending: true })
  assert.deepEqual(by('o', 'v'), { by: 'duration', descending: false })
  assert.equal(by(...Array<string>(8).fill('o')), undefined)
  const asked = reduce(settled(world), { type: 'command', name: 'order', argument: 'host' }, world)
  assert.deepEqual(asked.sort, { by: 'host', descending: false })
  assert.match(
    reduce(asked, { type: 'command', name: 'order', argument: 'x' }, world).notice!.text,
    /order needs one of/,
  )
})
