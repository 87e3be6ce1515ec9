import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf } from '../../../src/tui/line.ts'
import { titleBar } from '../../../src/tui/shell/title.ts'
import { rowWorld } from '../world.ts'

test('the bar is as wide as the terminal', () => {
  assert.equal(columnsOf(titleBar([], rowWorld([]))), 80)
})
