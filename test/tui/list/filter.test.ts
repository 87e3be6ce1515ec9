import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reduce } from '../../../src/tui/state/reduce.ts'
import { flowRow, press, rowWorld, settled } from '../world.ts'

const world = rowWorld(Array.from({ length: 30 }, (_, i) => flowRow(i + 1, { method: i % 3 ? 'GET' : 'POST' })))
const keys = (text: string): string[] => [...text].map(c => (c === ' ' ? 'space' : c))

test('a filter of a command line that cannot be read is told with its place, and changes nothing', () => {
  const state = reduce(settled(world), { type: 'command', name: 'filter', argument: '~m POST ~c z' }, world)
  assert.equal(state.filter.text, '')
  assert.match(state.notice!.text, /at 12/)
})

test('u shows every flow again', () => {
  assert.deepEqual(press(world, ['f', ...keys('~m POST'), 'enter', 'u']).filter, { text: '' })
})

test('a host is left out, or shown alone, by the filter', () => {
  assert.match(press(world, ['-']).filter.text, /^!\(~d \^[\w\\.]+\$\)$/)
  assert.match(press(world, ['-', '+']).filter.text, /^\(!\(~d .*\) & ~d .*$/)
  assert.equal(press(world, ['+', 'u']).filter.text, '')
})
