import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DiffScreen } from '../../../src/tui/diff/lines.ts'
import { diffScreen } from '../../../src/tui/diff/screen.ts'
import { plain } from '../../../src/tui/line.ts'
import { initialState } from '../../../src/tui/state/state.ts'
import { sampleWorld } from '../world.ts'

const world = await sampleWorld(100, 30)
const screen: DiffScreen = { kind: 'diff', of: 'flow', left: 3, right: 5, top: 0 }

test('the diff says what it is, and shows it', () => {
  assert.match(plain(diffScreen.title(screen, initialState, world)[0]), /#3.*#5/)
  assert.match(diffScreen.body(screen, initialState, world).map(plain).join('\n'), /aspect +#3 +#5/)
})

test('the diff goes no further than its end, and back to its start', () => {
  const end = diffScreen.move(screen, Number.POSITIVE_INFINITY, initialState, world)
  assert.deepEqual(diffScreen.move(end, 1, initialState, world), end)
  assert.equal(diffScreen.move(end, Number.NEGATIVE_INFINITY, initialState, world).top, 0)
})
