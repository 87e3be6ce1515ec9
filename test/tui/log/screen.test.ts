import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plain } from '../../../src/tui/line.ts'
import { type LogScreen, logLines, logScreen } from '../../../src/tui/log/screen.ts'
import { initialState } from '../../../src/tui/state/state.ts'
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

test('an event that does not fit goes on below its text', () => {
  const lines = logLines([{ id: 1, at: 0, level: 'warning', text: 'word '.repeat(30).trim() }], 60).map(plain)
  assert.match(lines[0]!, /warning +word/)
  assert.match(lines[1]!, /^ {19}word/)
})

test('a text of the network is escaped before it is broken into lines', () => {
  const lines = logLines([{ id: 1, at: 0, level: 'info', text: 'a\nb\x1b[2J' }], 80).map(plain)
  assert.equal(lines.length, 1)
  assert.match(lines[0]!, /a\\nb\\x1b\[2J/)
})

test('an empty log says so', () => {
  assert.match(logLines([], 80).map(plain).join(), /Nothing was logged/)
})
