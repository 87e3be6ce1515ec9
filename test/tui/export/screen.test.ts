import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { World } from '../../../src/tui/state/state.ts'
import { flowRow, rowWorld, screenAfter } from '../world.ts'

const formats = [
  { key: 'har', says: 'for browsers', ending: '.har' },
  { key: 'curl', says: 'for a shell', ending: '.sh' },
]
const bare = rowWorld([flowRow(1), flowRow(2, { marked: true })])
const world: World = { ...bare, status: { ...bare.status, exports: formats } }

test('it says what leaves, in which formats, and whether secrets do', () => {
  const screen = screenAfter(world, ['g', 'x'])
  assert.match(screen, /^ Export flow 1 {2}secrets and all/)
  assert.match(screen, /1 this flow {2}.*2 marked.*3 shown.*4 all/)
  assert.match(screen, / har +for browsers[\s\S]* curl +for a shell/)
  assert.match(screenAfter(world, ['x', 'r']), /^ Export .* without secrets/)
  assert.match(screenAfter(world, ['x', 'tab']), /^ Export 1 marked flow /)
  assert.match(screenAfter(world, ['x', 'tab', 'tab']), /^ Export the flows of the list/)
  assert.match(screenAfter(world, ['x', 'tab', 'tab', 'tab']), /^ Export all 2 flows/)
})

test('of an empty list no flow can be chosen', () => {
  const empty = rowWorld([])
  const none: World = { ...empty, status: { ...empty.status, exports: formats } }
  assert.match(screenAfter(none, ['x']), /^ Export the flows of the list/)
  assert.match(screenAfter(none, ['x', 'shift-tab', 'shift-tab']), /^ Export no flow was selected/)
})
