import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plain } from '../../../src/tui/line.ts'
import { logLines } from '../../../src/tui/log/lines.ts'

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
