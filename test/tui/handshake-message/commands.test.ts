import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MessageScreen, screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld } from '../world.ts'

const world = await sampleWorld(160, 48)
const shown = (...keys: string[]) => screenOf(press(world, keys)) as MessageScreen

test('messages of a leg follow each other and stop at the ends', () => {
  const index = (...keys: string[]): number => shown('c', 'j', 'j', 'enter', ...keys).index
  assert.equal(index('J'), 1)
  assert.equal(index('K'), 0)
})

test('fold goes to the parent, unfold to the child', () => {
  const cursor = (...keys: string[]): number => shown('c', 'j', 'j', 'enter', ...keys).cursor
  assert.equal(cursor('l'), 1)
  assert.equal(cursor('l', 'h'), 0)
  assert.equal(cursor('enter', 'enter'), 0)
})
