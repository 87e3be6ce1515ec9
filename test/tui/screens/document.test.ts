import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plain } from '../../../src/tui/line.ts'
import { documentOf, handshakeOf } from '../../../src/tui/screens/document.ts'
import { type ConnectionScreen, connectionTabs } from '../../../src/tui/state/state.ts'
import { sampleWorld } from '../world.ts'

const world = await sampleWorld()
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
  const all = connectionTabs.map(tab =>
    documentOf({ ...connection, tab }, world)
      .map(plain)
      .join('\n'),
  )
  assert.equal(new Set(all).size, connectionTabs.length)
})

test('a connection that is not there is no crash', () => {
  for (const tab of connectionTabs)
    assert.match(
      documentOf({ ...connection, id: 999, tab }, world)
        .map(plain)
        .join(),
      /not in the capture/,
    )
  assert.equal(handshakeOf({ ...connection, id: 999 }, world), undefined)
})
