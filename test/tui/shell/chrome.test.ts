import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyRows, frameRows, infoRows, panesOf, pinnedRows } from '../../../src/tui/shell/chrome.ts'
import type { ConnectionScreen, MessageScreen } from '../../../src/tui/state/state.ts'

const handshake: ConnectionScreen = {
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
const message: MessageScreen = {
  kind: 'message',
  connection: 1,
  log: 'client',
  index: 0,
  cursor: 0,
  toggled: new Set(),
  explained: false,
  top: 0,
}

test('a frame is one row lower than the terminal', () => {
  assert.equal(frameRows({ columns: 80, rows: 24 }), 23)
})

test('header, title, body, info and hints make up the frame', () => {
  for (const screen of [handshake, message, { ...message, explained: true }])
    for (const columns of [80, 160]) {
      const size = { columns, rows: 30 }
      const all = 3 + bodyRows(screen, size) + infoRows(screen) + pinnedRows(screen, size)
      assert.equal(all, frameRows(size))
    }
})

test('the tree and its bytes share the body', () => {
  for (const columns of [80, 129]) {
    const size = { columns, rows: 30 }
    const { beside, treeRows, hexRows } = panesOf(message, size)
    assert.equal(beside, false)
    assert.equal(treeRows + 1 + hexRows, bodyRows(message, size))
  }
  const { beside, treeColumns } = panesOf(message, { columns: 160, rows: 30 })
  assert.equal(beside, true)
  assert.equal(treeColumns + 3 + 78 <= 160, true)
})

test('a terminal of a few rows still has a body', () => {
  assert.equal(bodyRows(message, { columns: 20, rows: 3 }), 1)
})
