import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConnectionsScreen } from '../../../src/tui/connections/screen.ts'
import { screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld, screenAfter } from '../world.ts'

const world = await sampleWorld(100)
const hostOf = (keys: string[]) => (screenOf(press(world, keys)) as ConnectionsScreen).host

test('C lists the connections of a host: from the list, a flow, a connection, and the tree of hosts', () => {
  for (const keys of [['C'], ['enter', 'C'], ['c', 'C'], ['t', 'C'], ['t', 'l', 'j', 'C']]) {
    const screen = screenOf(press(world, keys))
    assert.deepEqual([screen.kind, hostOf(keys)], ['connections', 'api.example.com'], keys.join(' '))
  }
})

test('each has its legs, its requests and its cause, and opens', () => {
  const page = screenAfter(world, ['C'])
  assert.match(page, /Connections of api\.example\.com {2}1 connection, newest first/)
  assert.match(page, /c1 +\d\d:\d\d:\d\d +443 h2 1\.3 │ h2 1\.3 +≠ +… +32/)
  const opened = screenOf(press(world, ['C', 'enter'])) as { readonly kind: string; readonly id?: number }
  assert.deepEqual([opened.kind, opened.id], ['connection', 1])
  const failed = screenAfter(world, [...'jjjjjj', 'C'])
  assert.match(failed, /1 failed[\s\S]*✗ client rejected our certificate/)
})

test('its flows are in the list by a key of the connection', () => {
  const state = press(world, ['C', 'enter', 'o'])
  assert.deepEqual([state.screens.length, state.filter.text], [1, '~conn c1'])
})

test('a host without a connection says so', () => {
  const none = { ...world, source: { ...world.source, connections: () => [] } }
  assert.match(screenAfter(none, ['C']), /No connection of this host/)
  assert.equal(press(none, ['C', 'enter']).screens.length, 2)
})
