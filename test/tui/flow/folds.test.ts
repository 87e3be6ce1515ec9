import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FlowScreen } from '../../../src/tui/flow/state.ts'
import { press, sampleWorld, screenAfter } from '../world.ts'

const world = await sampleWorld(100, 40)
// flow 5 has a JSON response; its head has ten lines or less
const json = ['j', 'j', 'j', 'j', 'enter']

test('enter folds what opens at the cursor, and again unfolds it', () => {
  const down = Array<string>(6).fill('j')
  const open = screenAfter(world, [...json, ...down])
  const folded = screenAfter(world, [...json, ...down, 'enter'])
  assert.match(open, /▾ \{/)
  assert.match(folded, /▸ \{/)
  assert.equal(screenAfter(world, [...json, ...down, 'enter', 'enter']), open)
})

test('inside of a fold, enter folds it and goes to its first line', () => {
  const inside = press(world, [...json, ...Array<string>(7).fill('j'), 'enter'])
  const screen = inside.screens.at(-1) as FlowScreen
  assert.equal(screen.flipped.size, 1)
  assert.equal(screen.cursor, 6)
})

test('z folds all but the outermost, and unfolds all again', () => {
  assert.match(screenAfter(world, [...json, 'z']), /▾ \{\n +"page": 2,\n +▸ "users": \[/)
  assert.doesNotMatch(screenAfter(world, [...json, 'z', 'z']), /▸/)
})
