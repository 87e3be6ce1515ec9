import assert from 'node:assert/strict'
import { test } from 'node:test'
import { halfPage, moves, page } from '../../../src/tui/state/move.ts'
import { screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld, settled } from '../world.ts'

const narrow = await sampleWorld(80, 24)

test('a text that scrolls stops at its end', () => {
  const down = press(narrow, ['?', 'G'])
  assert.deepEqual(press(narrow, ['j', 'ctrl-f'], down), down)
  assert.equal((screenOf(press(narrow, ['g'], down)) as { top: number }).top, 0)
})

test('going up ends following', () => {
  assert.equal(press(narrow, ['F', 'k'], settled(narrow)).follow, false)
  assert.equal(press(narrow, ['F', 'j'], settled(narrow)).follow, true)
})

test('a page leaves one line of the last in sight, and moves at least one', () => {
  assert.deepEqual([page(10), page(1), halfPage(10), halfPage(1)], [9, 1, 5, 1])
})

test('a list that goes up follows no more, one that goes down does', () => {
  const following = press(narrow, ['F'])
  const after = (by: number) => moves(rows => by * halfPage(rows))(following, narrow, '').follow
  assert.deepEqual([after(-1), after(1)], [false, true])
})
