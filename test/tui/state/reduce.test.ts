import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandTyped, reduce } from '../../../src/tui/state/reduce.ts'
import { initialState } from '../../../src/tui/state/state.ts'
import { flowRow, press, rowWorld, settled } from '../world.ts'

const rows = Array.from({ length: 30 }, (_, i) => flowRow(i + 1, { method: i % 3 ? 'GET' : 'POST' }))
const world = rowWorld(rows)
const keys = (text: string): string[] => [...text].map(c => (c === ' ' ? 'space' : c))

test('a filter holds while it is typed, as far as it can be read', () => {
  const state = press(world, ['f', ...keys('~m POST')])
  assert.equal(state.filter.text, '~m POST')
  const worse = press(world, keys(' ~c z'), state)
  assert.equal(worse.filter.text, '~m POST')
  assert.equal(worse.prompt!.text, '~m POST ~c z')
})

test('esc brings back the filter that was there before', () => {
  const state = press(world, ['f', ...keys('~m POST'), 'enter', 'f', 'ctrl-u', ...keys('~m GET'), 'esc'])
  assert.equal(state.filter.text, '~m POST')
  assert.equal(state.prompt, undefined)
})

test('a filter that cannot be read stays in the prompt, to be mended', () => {
  const state = press(world, ['f', ...keys('~m POST ~c z'), 'enter'])
  assert.equal(state.filter.text, '~m POST')
  assert.equal(state.prompt?.text, '~m POST ~c z')
  assert.equal(press(world, ['backspace', ...keys('2xx'), 'enter'], state).filter.text, '~m POST ~c 2xx')
})

test('q leaves the waterfall before it leaves the program', () => {
  const state = press(world, ['w', 'q'])
  assert.deepEqual([state.waterfall, state.done], [false, false])
  assert.equal(press(world, ['q', 'q'], state).done, true)
})

test('a proxy that runs is not ended by one q too many', () => {
  const asked = press(world, ['q'])
  assert.match(asked.notice!.text, /q again/)
  assert.deepEqual([asked.done, press(world, ['q'], asked).done], [false, true])
  const other = press(world, ['j', 'q'], asked) // q and something else, then q
  assert.deepEqual([other.done, other.notice], [false, asked.notice])
})

test('keys typed into a prompt are not commands', () => {
  const state = press(world, ['/', 'q', 'Q', 'j', '?'])
  assert.equal(state.done, false)
  assert.equal(state.prompt!.text, 'qQj?')
})

test('pasted text goes into a prompt and is ignored anywhere else', () => {
  const paste = (state = settled(world)) => reduce(state, { type: 'paste', text: 'Qqx' }, world)
  assert.deepEqual(paste(), settled(world))
  assert.equal(paste(press(world, ['/'])).prompt!.text, 'Qqx')
})

test('a command line finds a command by the start of its name', () => {
  assert.deepEqual(commandTyped('goto 12', initialState, rowWorld([])), { name: 'goto', argument: '12' })
  assert.deepEqual(commandTyped('fol', initialState, rowWorld([])), { name: 'follow', argument: '' })
  assert.deepEqual(commandTyped('q', initialState, rowWorld([])), { name: 'back', argument: '' })
  assert.equal(commandTyped('search', initialState, rowWorld([]))!.name, 'search')
  assert.equal(commandTyped('pa', initialState, rowWorld([])), undefined)
  assert.equal(commandTyped('', initialState, rowWorld([])), undefined)
  assert.equal(commandTyped('reveal', initialState, rowWorld([])), undefined)
})

test('tab completes a command and an operator as far as it is clear', () => {
  assert.equal(press(world, [':', ...keys('fol'), 'tab']).prompt!.text, 'follow')
  assert.equal(press(world, ['f', ...keys('~m P'), 'tab']).prompt!.text, '~m P')
  assert.equal(press(world, ['f', ...keys('~m D'), 'tab']).prompt!.text, '~m DELETE ')
})

test('a word about something is gone with the next key', () => {
  const state = reduce(settled(world), { type: 'notice', text: 'copied' }, world)
  assert.equal(state.notice!.text, 'copied')
  assert.equal(press(world, ['j'], state).notice, undefined)
})

test('any key closes the copy menu', () => {
  assert.equal(press(world, ['y']).copying, true)
  assert.equal(press(world, ['y', 'Z']).copying, false)
  assert.equal(press(world, ['y', 'u']).copying, false)
})

test('with follow, the last flow is selected when some come in', () => {
  const all = rows.slice()
  const live = rowWorld(all)
  const state = press(live, ['F'])
  assert.equal(state.screens[0].selected, 30)
  all.push(flowRow(31))
  assert.equal(reduce(state, { type: 'changed' }, live).screens[0].selected, 31)
  const still = reduce(press(live, ['g'], state), { type: 'changed' }, live)
  assert.equal(still.screens[0].selected, 1)
})

test('without follow, nothing moves', () => {
  const state = press(world, ['j', 'j'])
  assert.deepEqual(reduce(state, { type: 'changed' }, world), state)
})
