import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import { tabLine, tabsOf, titleBar } from '../../../src/tui/shell/title.ts'
import { rowWorld } from '../world.ts'

const tabs = tabsOf({ a: 'first', b: 'second' }, (screen: { readonly tab: 'a' | 'b' }, tab) => ({ ...screen, tab }))

test('tabs have their numbers, and the one that is shown is lit', () => {
  const line = tabLine(tabs, { tab: 'b' as const })
  assert.equal(plain(line), '  1 first  2 second ')
  assert.deepEqual(
    line.filter(({ ground }) => ground === 'selected').map(({ text }) => text),
    [' 2 second '],
  )
})

test('a tab is shown by its number', () => {
  assert.equal(tabs.shown({ tab: 'b' }), 1)
  assert.deepEqual(tabs.at({ tab: 'b' }, 0, rowWorld([])), { tab: 'a' })
})

test('the bar is as wide as the terminal', () => {
  assert.equal(columnsOf(titleBar([], rowWorld([]))), 80)
})
