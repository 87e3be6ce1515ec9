import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MessageScreen, messageRoom, panesOf } from '../../../src/tui/handshake-message/state.ts'
import { bodyRows, pageRows } from '../../../src/tui/shell/chrome.ts'

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

test('header, title, body, info and hints make up the page', () => {
  for (const screen of [message, { ...message, explained: true }]) {
    const size = { columns: 80, rows: 30 }
    const { info } = messageRoom(screen)
    assert.equal(3 + bodyRows(size, messageRoom(screen)) + info, pageRows(size))
  }
})

test('the tree and its bytes share the body', () => {
  for (const columns of [80, 129]) {
    const size = { columns, rows: 30 }
    const { beside, treeRows, hexRows } = panesOf(message, size)
    assert.equal(beside, false)
    assert.equal(treeRows + 1 + hexRows, bodyRows(size, messageRoom(message)))
  }
  const { beside, treeColumns } = panesOf(message, { columns: 160, rows: 30 })
  assert.equal(beside, true)
  assert.equal(treeColumns + 3 + 78 <= 160, true)
})
