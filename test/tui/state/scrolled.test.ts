import assert from 'node:assert/strict'
import { test } from 'node:test'
import { line, plain } from '../../../src/tui/line.ts'
import { cursorAt, findLine, moveCursor, nextMatch, scrollBy, scrolledBody } from '../../../src/tui/state/scrolled.ts'
import type { HostsScreen, LogScreen } from '../../../src/tui/state/state.ts'
import { rowWorld } from '../world.ts'

const world = rowWorld([]) // 19 rows of a screen's lines
const lines = Array.from({ length: 50 }, (_, i) => line(`line ${i}`))
const log: LogScreen = { kind: 'log', top: 0 }
const hosts: HostsScreen = { kind: 'hosts', cursor: 0, open: new Set(), top: 0 }

test('what scrolls stops at both ends', () => {
  const end = scrollBy(log, Number.POSITIVE_INFINITY, lines, world)
  assert.equal(plain(scrolledBody(end, lines, world).at(-1)!), 'line 49')
  assert.equal(scrollBy(end, Number.NEGATIVE_INFINITY, lines, world).top, 0)
})

test('a cursor stays among the lines and on the screen', () => {
  assert.equal(moveCursor(hosts, 99, lines, world).cursor, 49)
  assert.equal(moveCursor(hosts, -1, lines, world).cursor, 0)
  const { top, cursor } = cursorAt(hosts, 30, lines.length, world)
  assert.ok(top > 0 && top <= cursor)
})

test('what is found is marked and seen', () => {
  const found = findLine(log, lines, 'LINE 30', 1, 'here', world)!
  assert.equal(found.found, 30)
  assert.ok(scrolledBody(found, lines, world).map(plain).includes('line 30'))
  assert.equal(findLine(log, lines, 'nowhere', 1, 'here', world), undefined)
})

test('matches follow each other up to the end, in both directions, or come from the end', () => {
  const lines = ['a', 'B', 'ab', 'c']
  assert.equal(nextMatch(lines, 'b', -1, 1), 1)
  assert.equal(nextMatch(lines, 'b', 1, 1), 2)
  assert.equal(nextMatch(lines, 'b', 2, 1), undefined)
  assert.equal(nextMatch(lines, 'b', undefined, 1), 1)
  assert.equal(nextMatch(lines, 'b', undefined, -1), 2)
  assert.equal(nextMatch(lines, 'b', 1, -1), undefined)
  assert.equal(nextMatch(lines, 'x', 0, 1), undefined)
  assert.equal(nextMatch([], 'x', 0, 1), undefined)
})
