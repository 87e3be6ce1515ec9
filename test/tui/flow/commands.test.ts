import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FlowScreen } from '../../../src/tui/flow/state.ts'
import { screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld } from '../world.ts'

const world = await sampleWorld(160, 48)
const shown = (...keys: string[]) => screenOf(press(world, keys)) as FlowScreen

test('the next flow skips connections and takes the list’s selection along', () => {
  const state = press(world, ['j', 'j', 'j', 'j', 'j', 'enter', 'space'])
  assert.equal((screenOf(state) as FlowScreen).id, 8)
  assert.equal(state.screens[0].selected, 8)
  assert.equal((screenOf(press(world, ['p'], state)) as FlowScreen).id, 6)
})

test('there is nothing before the first flow', () => {
  const state = press(world, ['enter', 'p'])
  assert.equal((screenOf(state) as FlowScreen).id, 1)
  assert.match(state.notice!.text, /No more flows/)
})

test('the body goes through the ways to show it, and comes back to the best', () => {
  const views = [0, 1, 2, 3, 4].map(times => shown('enter', ...Array<string>(times).fill('m')).view)
  assert.deepEqual(views, [undefined, 'text', 'raw', 'hex', undefined])
})
