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

test('a filter of a command line that cannot be read is told with its place, and changes nothing', () => {
  const state = reduce(settled(world), { type: 'command', name: 'filter', argument: '~m POST ~c z' }, world)
  assert.equal(state.filter.text, '')
  assert.match(state.notice!.text, /at 12/)
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

test('u shows every flow again', () => {
  assert.deepEqual(press(world, ['f', ...keys('~m POST'), 'enter', 'u']).filter, { text: '' })
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

test('one can go from mark to mark, and round the end', () => {
  const marked = rowWorld([1, 2, 3, 4].map(id => flowRow(id, id % 2 ? { marked: true } : {})))
  const at = (...keys: string[]) => press(marked, keys).screens[0].selected
  assert.deepEqual([at("'"), at("'", "'"), at('m')], [3, 1, 2])
  assert.match(press(rowWorld([flowRow(1)]), ["'"]).notice!.text, /Nothing is marked/)
})

test('a comment is typed as a command that has the old one already', () => {
  const commented = rowWorld([flowRow(1, { comment: 'slow' })])
  assert.equal(press(commented, [';']).prompt?.text, 'comment slow')
  assert.equal(press(rowWorld([]), [';']).prompt, undefined)
})

test('a command line finds a command by the start of its name', () => {
  assert.deepEqual(commandTyped('goto 12', initialState), { name: 'goto', argument: '12' })
  assert.deepEqual(commandTyped('fol', initialState), { name: 'follow', argument: '' })
  assert.deepEqual(commandTyped('q', initialState), { name: 'back', argument: '' })
  assert.equal(commandTyped('search', initialState)!.name, 'search')
  assert.equal(commandTyped('pa', initialState), undefined)
  assert.equal(commandTyped('', initialState), undefined)
  assert.equal(commandTyped('reveal', initialState), undefined)
})

test('tab completes a command and an operator as far as it is clear', () => {
  assert.equal(press(world, [':', ...keys('fol'), 'tab']).prompt!.text, 'follow')
  assert.equal(press(world, ['f', ...keys('~m P'), 'tab']).prompt!.text, '~m P')
  assert.equal(press(world, ['f', ...keys('~m D'), 'tab']).prompt!.text, '~m DELETE ')
})

test('goto selects the flow with that number', () => {
  const go = (argument: string) => reduce(settled(world), { type: 'command', name: 'goto', argument }, world)
  assert.equal(go('17').screens[0].selected, 17)
  assert.equal(go('x').notice!.tone, 'bad')
  assert.match(go('999').notice!.text, /no flow 999/)
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

test('o goes through the orders, v turns one round, and order names one', () => {
  const by = (...keys: string[]) => press(world, keys).sort
  assert.deepEqual(by('o'), { by: 'duration', descending: true })
  assert.deepEqual(by('o', 'v'), { by: 'duration', descending: false })
  assert.equal(by(...Array<string>(8).fill('o')), undefined)
  const asked = reduce(settled(world), { type: 'command', name: 'order', argument: 'host' }, world)
  assert.deepEqual(asked.sort, { by: 'host', descending: false })
  assert.match(
    reduce(asked, { type: 'command', name: 'order', argument: 'x' }, world).notice!.text,
    /order needs one of/,
  )
})

test('a host is left out, or shown alone, by the filter', () => {
  assert.match(press(world, ['-']).filter.text, /^!\(~d \^[\w\\.]+\$\)$/)
  assert.match(press(world, ['-', '+']).filter.text, /^\(!\(~d .*\) & ~d .*$/)
  assert.equal(press(world, ['+', 'u']).filter.text, '')
})
