import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HeldMessageScreen } from '../../../src/tui/held/state.ts'
import { heldMessageLines, heldMessageTitle } from '../../../src/tui/held-message/lines.ts'
import { initialState } from '../../../src/tui/state/state.ts'
import { texts } from '../world.ts'
import { heldJson, heldRequest, heldWorld } from './held.ts'

const screen: HeldMessageScreen = { kind: 'held-message', id: 1, cursor: 0, top: 0 }

test('what was changed is marked, and everything from outside is printable', () => {
  const held = heldRequest(1, '/\x1b[2J', [['X-\u202e', 'a\x07b']], Buffer.from('\x1b]0;t\x07'))
  const world = heldWorld([held])
  const drafts = new Map([[1, { request: { ...held.request, method: 'PUT' } }]])
  const lines = texts(heldMessageLines(screen, { ...initialState, drafts }, world)).join('\n')
  assert.match(lines, /^ \* method +PUT\n {3}URL/)
  assert.doesNotMatch(lines, /[\x1b\x07\u202e]/)
  assert.doesNotMatch(texts(heldMessageTitle(screen, initialState, world)).join(''), /[\x1b\x07]/)
})

test('the title says where it goes, how long it waits, and that it was changed', () => {
  const world = heldWorld([heldJson(1)])
  const state = { ...initialState, drafts: new Map([[1, { body: Buffer.from('{}') }]]) }
  const [bar, facts] = texts(heldMessageTitle(screen, state, world))
  assert.match(bar!, / Held request {2}3\.2\d s {2}https:\/\/api\.example\/pay/)
  assert.match(facts!, /HTTP\/1\.1 {2}2 B {2}application\/json {2}changed/)
})
