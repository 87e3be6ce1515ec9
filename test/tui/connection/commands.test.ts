import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConnectionScreen } from '../../../src/tui/connection/state.ts'
import { screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld } from '../world.ts'

const world = await sampleWorld(160, 48)
const shown = (...keys: string[]) => screenOf(press(world, keys)) as ConnectionScreen

test('secrets are masked until they are asked for', () => {
  assert.equal(shown('c', '3').revealed, false)
  assert.equal(shown('c', '3', 'x').revealed, true)
  assert.equal(shown('c', '3', 'x', 'x').revealed, false)
})

test('the flows of a connection are the list of its number', () => {
  const state = press(world, ['c', 'o'])
  assert.deepEqual([screenOf(state).kind, state.filter.text], ['list', '~conn c1'])
  assert.ok(world.source.rows({ limit: 9, filter: state.filter.filter! }).every(({ connection }) => connection === 1))
})
