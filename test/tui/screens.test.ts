import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kindOf } from '../../src/tui/screens.ts'
import { screenOf } from '../../src/tui/state/state.ts'
import { press, sampleWorld } from './world.ts'

const world = await sampleWorld(100, 30)
const ways = [[], ['enter'], ['c'], ['c', ...'jj', 'enter'], ['t'], ['?'], ['E'], ['p'], ['m', 'j', 'D']]

test('every screen can be asked what it shows without knowing its kind', () => {
  const kinds = ways.map(keys => {
    const state = press(world, keys)
    const screen = screenOf(state)
    assert.equal(kindOf(screen).title(screen, state, world).length, 2)
    assert.ok(kindOf(screen).body(screen, state, world).length > 0 || screen.kind === 'log', screen.kind)
    return screen.kind
  })
  assert.ok(new Set(kinds).size >= 7, kinds.join())
})

test('a movement leads to a screen of the same kind', () => {
  for (const keys of ways) {
    const state = press(world, keys)
    const screen = screenOf(state)
    assert.equal(kindOf(screen).move(screen, 1, state, world).kind, screen.kind)
  }
})
