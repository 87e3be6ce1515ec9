import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HeldMessageScreen } from '../../../src/tui/held/state.ts'
import { editName, editValue, faultOfTyped, shownOn, withDraft } from '../../../src/tui/held-message/state.ts'
import { initialState } from '../../../src/tui/state/state.ts'
import { heldJson, heldRequest, heldWorld } from './held.ts'

const screen: HeldMessageScreen = { kind: 'held-message', id: 1, cursor: 0, top: 0 }

test('drafts are kept by message, an empty one is none', () => {
  const body = Buffer.from('x')
  const one = withDraft(initialState, heldJson(1), { body })
  const two = withDraft(one, heldJson(2), { body })
  assert.deepEqual([...(two.drafts?.keys() ?? [])], [1, 2])
  assert.deepEqual([...(withDraft(two, heldJson(1), {}).drafts?.keys() ?? [])], [2])
  assert.equal(withDraft(one, heldJson(1), {}).drafts, undefined)
})

test('a cursor beyond the end is at the end; a message that went is none', () => {
  const world = heldWorld([heldJson(1)])
  assert.equal(shownOn({ ...screen, cursor: 99 }, initialState, world)?.row?.part, 'line')
  assert.equal(shownOn({ ...screen, id: 2 }, initialState, world), undefined)
})

test('what is typed is judged before it is taken', () => {
  const shown = shownOn(screen, initialState, heldWorld([heldRequest(1, '/')]))!
  assert.match(faultOfTyped(shown, 'set-value', 'G ET') ?? '', /no token/)
  assert.equal(faultOfTyped(shown, 'set-value', 'GET'), undefined)
  assert.match(faultOfTyped(shown, 'answer-with', 'x') ?? '', /status/)
  assert.match(faultOfTyped(shown, 'add-header', 'x') ?? '', /NAME: VALUE/)
  assert.equal(faultOfTyped(shown, 'toString', 'x'), undefined)
  assert.ok('refused' in editName(shown, 'x'))
  assert.ok('refused' in editValue({ ...shown, row: undefined }, 'x'))
})
