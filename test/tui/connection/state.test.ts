import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type ConnectionScreen,
  connectionRoom,
  connectionRows,
  enterConnection,
} from '../../../src/tui/connection/state.ts'
import { pageRows } from '../../../src/tui/shell/chrome.ts'
import { initialState, screenOf } from '../../../src/tui/state/state.ts'
import { rowWorld } from '../world.ts'

const connection = screenOf(enterConnection(initialState, 1)) as ConnectionScreen

test('a connection is entered on its handshakes unless told', () => {
  assert.equal(connection.tab, 'handshake')
  const frames = screenOf(enterConnection(initialState, 1, { tab: 'frames', stream: 3 })) as ConnectionScreen
  assert.deepEqual([frames.tab, frames.stream, frames.cell], ['frames', 3, 0])
})

test('header, title, body, info and hints make up the page', () => {
  for (const tab of ['handshake', 'frames', 'keys'] as const)
    for (const columns of [80, 160]) {
      const world = { ...rowWorld([], 30), columns }
      const { info, pinned } = connectionRoom({ ...connection, tab }, world)
      assert.equal(3 + connectionRows({ ...connection, tab }, world) + info + pinned, pageRows(world))
    }
})
