import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plain } from '../../../src/tui/line.ts'
import { logScreen } from '../../../src/tui/log/screen.ts'
import { initialState, type LogScreen } from '../../../src/tui/state/state.ts'
import { sampleWorld } from '../world.ts'

const world = await sampleWorld(100, 30)
const screen: LogScreen = { kind: 'log', top: 0 }

test('the log says what it is, and shows it', () => {
  assert.match(plain(logScreen.title(screen, initialState, world)[0]), /^ Event log/)
  assert.match(logScreen.body(screen, initialState, world).map(plain).join('\n'), /\S/)
})

test('the log goes no further than its end, and back to its start', () => {
  const end = logScreen.move(screen, Number.POSITIVE_INFINITY, initialState, world)
  assert.deepEqual(logScreen.move(end, 1, initialState, world), end)
  assert.equal(logScreen.move(end, Number.NEGATIVE_INFINITY, initialState, world).top, 0)
})
