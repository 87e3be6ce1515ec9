import assert from 'node:assert/strict'
import { test } from 'node:test'
import { handshakeOf } from '../../../src/tui/connection/cells.ts'
import { connectionLines, connectionScreen } from '../../../src/tui/connection/screen.ts'
import { plain } from '../../../src/tui/line.ts'
import { type ConnectionScreen, connectionTabs, screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld } from '../world.ts'

const world = await sampleWorld(160, 48)
const title = (keys: readonly string[], columns = 160): string => {
  const sized = { ...world, columns }
  const state = press(sized, keys)
  return connectionScreen
    .title(screenOf(state) as ConnectionScreen, state, sized)
    .map(plain)
    .join('\n')
}
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

test('a connection says what it would have been without the proxy', () => {
  assert.match(title(['c']), /c1 {2}api\.example\.com:443 {2}h2 1\.3 │ h2 1\.3 .*agreed without the proxy: /)
})

test('a failed connection says what failed', () => {
  assert.match(title([...'jjjjjj', 'enter']), /c2 {2}pinned\.example\.com:443 .*✗ tls\/client-rejected-leaf/)
})

test('each tab of a connection has a text of its own', () => {
  const all = connectionTabs.map(tab =>
    connectionLines({ ...connection, tab }, world)
      .map(plain)
      .join('\n'),
  )
  assert.equal(new Set(all).size, connectionTabs.length)
})

test('a connection that is not there is no crash', () => {
  for (const tab of connectionTabs)
    assert.match(
      connectionLines({ ...connection, id: 999, tab }, world)
        .map(plain)
        .join(),
      /not in the capture/,
    )
  assert.equal(handshakeOf({ ...connection, id: 999 }, world), undefined)
})
