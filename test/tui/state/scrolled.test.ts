import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HostsScreen } from '../../../src/tui/hosts/state.ts'
import { line, plain } from '../../../src/tui/line.ts'
import type { LogScreen } from '../../../src/tui/log/screen.ts'
import {
  clampTop,
  cursorAt,
  findLine,
  moveCursor,
  nextMatch,
  reveal,
  scrollBy,
  scrolledBody,
} from '../../../src/tui/state/scrolled.ts'

const rows = 19
const lines = Array.from({ length: 50 }, (_, i) => line(`line ${i}`))
const log: LogScreen = { kind: 'log', top: 0 }
const hosts: HostsScreen = { kind: 'hosts', cursor: 0, open: new Set(), top: 0 }

test('what scrolls stops at both ends', () => {
  const end = scrollBy(log, Number.POSITIVE_INFINITY, lines, rows)
  assert.equal(plain(scrolledBody(end, lines, rows).at(-1)!), 'line 49')
  assert.equal(scrollBy(end, Number.NEGATIVE_INFINITY, lines, rows).top, 0)
})

test('a cursor stays among the lines and on the screen', () => {
  assert.equal(moveCursor(hosts, 99, lines, rows).cursor, 49)
  assert.equal(moveCursor(hosts, -1, lines, rows).cursor, 0)
  const { top, cursor } = cursorAt(hosts, 30, lines.length, rows)
  assert.ok(top > 0 && top <= cursor)
})

test('what is found is marked and seen', () => {
  const found = findLine(log, lines, 'LINE 30', 1, 'here', rows)!
  assert.equal(found.found, 30)
  assert.ok(scrolledBody(found, lines, rows).map(plain).includes('line 30'))
  assert.equal(findLine(log, lines, 'nowhere', 1, 'here', rows), undefined)
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

test('what is seen already moves nothing', () => {
  assert.equal(reveal(10, 12, 14, 5), 10)
})

test('what is above or below comes to the nearer edge', () => {
  assert.equal(reveal(10, 4, 6, 5), 4)
  assert.equal(reveal(10, 20, 22, 5), 17)
})

test('what is higher than the screen shows its start', () => {
  assert.equal(reveal(0, 8, 30, 5), 8)
})

test('no room stays empty below while there is something above', () => {
  assert.equal(clampTop(50, 20, 5), 15)
  assert.equal(clampTop(3, 2, 5), 0)
  assert.equal(clampTop(Number.POSITIVE_INFINITY, 20, 5), 15)
  assert.equal(clampTop(Number.NEGATIVE_INFINITY, 20, 5), 0)
})
