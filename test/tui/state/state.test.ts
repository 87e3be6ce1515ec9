import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contextOf, initialState, push, screenOf, withScreen } from '../../../src/tui/state/state.ts'

const log = { kind: 'log', top: 0 } as const

test('the last screen is the one that is shown', () => {
  assert.equal(screenOf(initialState).kind, 'list')
  assert.equal(screenOf(push(initialState, log)).kind, 'log')
})

test('a screen is replaced without touching those below', () => {
  const state = withScreen(push(initialState, log), { ...log, top: 3 })
  assert.deepEqual(state.screens, [initialState.screens[0], { ...log, top: 3 }])
})

test('the copy menu has keys of its own on every screen', () => {
  assert.equal(contextOf(push(initialState, log)), 'log')
  assert.equal(contextOf({ ...push(initialState, log), copying: true }), 'copy')
})
