import assert from 'node:assert/strict'
import { test } from 'node:test'
import { handshakeOf } from '../../../src/tui/connection/cells.ts'
import { connectionAtTab, connectionLines } from '../../../src/tui/connection/lines.ts'
import { type ConnectionScreen, type ConnectionTab, connectionTabs } from '../../../src/tui/connection/state.ts'
import { plain } from '../../../src/tui/line.ts'
import { sampleWorld } from '../world.ts'

const world = await sampleWorld(160, 48)
const tabs = Object.keys(connectionTabs) as ConnectionTab[]
const connection: ConnectionScreen = {
  kind: 'connection',
  id: 1,
  tab: 'handshake',
  leg: 'client',
  cell: 0,
  revealed: false,
  frame: 0,
  frameRow: 0,
  top: 0,
}

test('each tab of a connection has a text of its own', () => {
  const all = tabs.map(tab =>
    connectionLines({ ...connection, tab }, world)
      .map(plain)
      .join('\n'),
  )
  assert.equal(new Set(all).size, tabs.length)
})

test('a connection that is not there is no crash', () => {
  for (const tab of tabs)
    assert.match(
      connectionLines({ ...connection, id: 999, tab }, world)
        .map(plain)
        .join(),
      /not in the capture/,
    )
  assert.equal(handshakeOf({ ...connection, id: 999 }, world), undefined)
})

test('a tab begins at its first line, without what was found in another', () => {
  const found = connectionAtTab({ ...connection, top: 9, found: 3 }, 'keys', world)
  assert.deepEqual([found.tab, found.top, 'found' in found], ['keys', 0, false])
})
