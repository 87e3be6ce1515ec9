import assert from 'node:assert/strict'
import { test } from 'node:test'
import { enterHeld, withoutGone } from '../../../src/tui/held/state.ts'
import { initialState, screenOf } from '../../../src/tui/state/state.ts'
import { heldJson, heldWorld } from '../held-message/held.ts'
import { rowWorld } from '../world.ts'

test('the only held message is shown at once, several as a list', () => {
  const kindOf = (count: number): string => {
    const messages = Array.from({ length: count }, (_, i) => heldJson(i + 1))
    return screenOf(enterHeld(initialState, heldWorld(messages), '')).kind
  }
  assert.deepEqual([0, 1, 2].map(kindOf), ['held', 'held-message', 'held'])
  assert.match(enterHeld(initialState, rowWorld([]), '').notice?.text ?? '', /Nothing is being proxied/)
})

test('what was changed of a message that went is forgotten', () => {
  const draft = { body: Buffer.from('x') }
  const state = { ...initialState, drafts: new Map([1, 2].map(id => [id, draft] as const)) }
  const world = heldWorld([heldJson(2)])
  assert.deepEqual([...(withoutGone(state, world).drafts?.keys() ?? [])], [2])
  assert.equal(withoutGone(state, heldWorld([])).drafts, undefined)
  const kept = withoutGone(state, world)
  assert.equal(withoutGone(kept, world), kept)
})
