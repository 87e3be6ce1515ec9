import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import { tabLine, titleBar } from '../../../src/tui/shell/title.ts'
import { connectionTabs } from '../../../src/tui/state/state.ts'
import { rowWorld } from '../world.ts'

test('the bar is as wide as the terminal', () => {
  assert.equal(columnsOf(titleBar([], rowWorld([]))), 80)
})

test('tabs have their numbers, and the open one is lit', () => {
  const tabs = tabLine(connectionTabs, 'keys')
  assert.match(plain(tabs), /1 handshake {2}2 compare {2}3 keys/)
  assert.deepEqual(
    tabs.filter(({ ground }) => ground === 'selected').map(({ text }) => text),
    [' 3 keys '],
  )
})
