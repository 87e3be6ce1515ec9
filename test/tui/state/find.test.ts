import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConnectionScreen } from '../../../src/tui/connection/state.ts'
import type { FlowScreen } from '../../../src/tui/flow/state.ts'
import type { MessageScreen } from '../../../src/tui/handshake-message/state.ts'
import { type State, screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld, screenAfter } from '../world.ts'

const world = await sampleWorld(110, 30)
const typed = (text: string): string[] => [...['/'], ...[...text].map(c => (c === ' ' ? 'space' : c)), 'enter']

test('the list goes to the next flow whose URL holds the text, its special characters plain', () => {
  const state = press(world, typed('users?page'))
  assert.equal(state.screens[0].selected, 5)
  assert.equal(press(world, ['n'], state).screens[0].selected, 10)
  assert.equal(state.notice, undefined)
  const wrapped = press(world, ['N'], state)
  assert.equal(wrapped.screens[0].selected, 40)
  assert.equal(wrapped.notice?.text, 'Search wrapped.')
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

const tabOf = (state: State) => (screenOf(state) as FlowScreen | ConnectionScreen).tab

/** A flow on its response. */
const open = press(world, ['j', 'enter'])

test('a search in a flow goes on in its other tabs and round the end, and says so', () => {
  assert.equal(tabOf(open), 'response')
  const here = press(world, typed('content-type'), open)
  assert.deepEqual([tabOf(here), here.notice], ['response', undefined])
  const request = press(world, typed(':authority'), open)
  assert.deepEqual([tabOf(request), request.notice?.text], ['request', 'Search wrapped, found in request.'])
  const summary = press(world, typed('without parley'), open)
  assert.deepEqual([tabOf(summary), summary.notice?.text], ['summary', 'Found in connection.'])
  const nowhere = press(world, typed('no such text'), open)
  assert.deepEqual(screenOf(nowhere), screenOf(open))
  assert.match(nowhere.notice!.text, /not here/)
})

test('a text that a flow holds in one place only is found there again, round the end', () => {
  const found = press(world, typed('without parley'), open)
  const again = press(world, ['n'], found)
  assert.deepEqual(screenOf(again), screenOf(found))
  assert.equal(again.notice?.text, 'Search wrapped.')
})

test('backwards, the tabs come in the other order, each from its end', () => {
  const found = press(world, typed('without parley'), open)
  const response = press(world, ['N'], { ...found, search: 'content-type' })
  assert.deepEqual([tabOf(response), response.notice?.text], ['response', 'Found in response.'])
  const request = press(world, ['N'], { ...open, search: ':authority' })
  assert.deepEqual([tabOf(request), request.notice?.text], ['request', 'Found in request.'])
})

test('a search in a connection goes on in its other tabs', () => {
  const handshake = press(world, ['c'])
  assert.equal(tabOf(handshake), 'handshake')
  const keys = press(world, typed('master'), handshake)
  assert.equal(tabOf(keys), 'keys')
  assert.equal(keys.notice?.text, 'Found in keys.')
})

test('what only a folded part of a flow holds is found, and unfolded', () => {
  const keys = ['j', 'j', 'j', 'j', 'enter', 'z', ...typed('"tags"')]
  assert.doesNotMatch(screenAfter(world, keys.slice(0, 6)), /"tags"/)
  assert.match(screenAfter(world, keys), /"tags"/)
  const found = press(world, keys)
  assert.deepEqual([tabOf(found), found.notice?.text], ['response', 'Found where it was folded away.'])
  const other = press(world, ['1', ...typed('"tags"')], press(world, keys.slice(0, 6)))
  assert.deepEqual([tabOf(other), other.notice?.text], ['response', 'Found in response.'])
})
