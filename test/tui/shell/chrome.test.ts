import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyRows, pageRows } from '../../../src/tui/shell/chrome.ts'

test('a page is one row lower than the terminal', () => {
  assert.equal(pageRows({ columns: 80, rows: 24 }), 23)
})

test('a terminal of a few rows still has a body', () => {
  assert.equal(bodyRows({ columns: 20, rows: 3 }, { info: 2, pinned: 0 }), 1)
})

test('what is pinned and told of what is selected is taken from what scrolls', () => {
  const size = { columns: 80, rows: 24 }
  assert.deepEqual([bodyRows(size), bodyRows(size, { info: 2, pinned: 1 })], [19, 17])
})
