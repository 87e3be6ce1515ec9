import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ConnectionScreen, type FlowScreen, screenOf, tabNames } from '../../../src/tui/state/state.ts'
import { connectionAtTab, flowAtTab, turnedTab } from '../../../src/tui/state/tabs.ts'
import { press, sampleWorld } from '../world.ts'

const world = await sampleWorld()
const flow = screenOf(press(world, ['j', 'enter'])) as FlowScreen
const connection = screenOf(press(world, ['c'])) as ConnectionScreen

test('tabs are turned round both ends', () => {
  assert.equal(turnedTab(flow, 1, world)?.tab, 'summary')
  assert.equal(turnedTab(flow, -2, world)?.tab, 'timing')
  assert.equal(turnedTab(connection, -1, world)?.tab, 'timeline')
  assert.equal(turnedTab(screenOf(press(world, ['?'])), 1, world), undefined)
})

test('a tab begins at its first line, without what was found or chosen in another', () => {
  const used = { ...flow, part: 2, cursor: 7, top: 5, found: 7, view: 'hex' }
  assert.deepEqual(flowAtTab(used, 'request'), { ...flow, tab: 'request', part: 0, cursor: 0, top: 0 })
  const found = connectionAtTab({ ...connection, top: 9, found: 3 }, 'keys', world)
  assert.deepEqual([found.tab, found.top, 'found' in found], ['keys', 0, false])
})

test('every tab has its name', () => {
  for (const name of Object.values(tabNames)) assert.match(name, /^[a-z]+$/)
})
