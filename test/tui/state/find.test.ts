import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextMatch } from '../../../src/tui/state/find.ts'
import { type MessageScreen, screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld, screenAfter } from '../world.ts'

const world = await sampleWorld(110, 30)
const typed = (text: string): string[] => [...['/'], ...[...text].map(c => (c === ' ' ? 'space' : c)), 'enter']

test('matches follow each other round the end, in both directions', () => {
  const lines = ['a', 'B', 'ab', 'c']
  assert.equal(nextMatch(lines, 'b', -1, 1), 1)
  assert.equal(nextMatch(lines, 'b', 1, 1), 2)
  assert.equal(nextMatch(lines, 'b', 2, 1), 1)
  assert.equal(nextMatch(lines, 'b', 1, -1), 2)
  assert.equal(nextMatch(lines, 'x', 0, 1), undefined)
  assert.equal(nextMatch([], 'x', 0, 1), undefined)
})

test('the list goes to the next flow whose URL holds the text, its special characters plain', () => {
  const state = press(world, typed('users?page'))
  assert.equal(state.screens[0].selected, 5)
  assert.equal(press(world, ['n'], state).screens[0].selected, 10)
  assert.equal(press(world, ['N'], state).screens[0].selected, 40)
})

test('a text that is nowhere is told, and moves nothing', () => {
  const before = press(world, [])
  const state = press(world, typed('nowhere.at.all'))
  assert.equal(state.screens[0].selected, before.screens[0].selected)
  assert.match(state.notice!.text, /nowhere\.at\.all/)
})

test('a search in a message opens what the field is folded away in', () => {
  const state = press(world, ['c', 'j', 'j', 'enter', ...typed('host_name_length')])
  const screen = screenOf(state) as MessageScreen
  assert.ok(screen.cursor > 0)
  assert.match(screenAfter(world, ['c', 'j', 'j', 'enter', ...typed('host_name_length')]), /host_name_length/)
})

test('a search in the help shows its line', () => {
  assert.match(screenAfter(world, ['?', ...typed('TLS version agreed')]), /TLS version agreed/)
})
