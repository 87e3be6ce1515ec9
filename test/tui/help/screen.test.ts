import assert from 'node:assert/strict'
import { test } from 'node:test'
import { helpScreen } from '../../../src/tui/help/screen.ts'
import { line, plain } from '../../../src/tui/line.ts'
import { type HelpScreen, initialState } from '../../../src/tui/state/state.ts'
import { sampleWorld } from '../world.ts'

const world = await sampleWorld(100, 30)
const screen: HelpScreen = { kind: 'help', about: 'list', lines: [line('a key')], top: 0 }

test('the help says what it is, and shows it', () => {
  assert.match(plain(helpScreen.title(screen, initialState, world)[0]), /^ Help/)
  assert.match(helpScreen.body(screen, initialState, world).map(plain).join('\n'), /a key/)
})

test('the help goes no further than its end, and back to its start', () => {
  const end = helpScreen.move(screen, Number.POSITIVE_INFINITY, initialState, world)
  assert.deepEqual(helpScreen.move(end, 1, initialState, world), end)
  assert.equal(helpScreen.move(end, Number.NEGATIVE_INFINITY, initialState, world).top, 0)
})
