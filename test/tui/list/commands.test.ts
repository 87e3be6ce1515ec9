import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageOf } from '../../../src/tui/shell/page.ts'
import { reduce } from '../../../src/tui/state/reduce.ts'
import type { State, World } from '../../../src/tui/state/state.ts'
import { flowRow, press, rowSource, rowWorld, settled, texts } from '../world.ts'

const world = rowWorld(Array.from({ length: 30 }, (_, i) => flowRow(i + 1, { method: i % 3 ? 'GET' : 'POST' })))

test('o goes through the orders, v turns one round, and order names one', () => {
  const by = (...keys: string[]) => press(world, keys).sort
  assert.deepEqual(by('o'), { by: 'duration', descending: true })
  assert.deepEqual(by('o', 'v'), { by: 'duration', descending: false })
  assert.equal(by(...Array<string>(8).fill('o')), undefined)
  assert.deepEqual(by('v'), { by: 'time', descending: true })
  assert.deepEqual(by('v', 'o'), { by: 'duration', descending: true })
  assert.equal(by('v', 'v'), undefined)
  const asked = reduce(settled(world), { type: 'command', name: 'order', argument: 'host' }, world)
  assert.deepEqual(asked.sort, { by: 'host', descending: false })
  assert.match(
    reduce(asked, { type: 'command', name: 'order', argument: 'x' }, world).notice!.text,
    /order needs one of/,
  )
})

test('one can go from mark to mark, and round the end', () => {
  const marked = rowWorld([1, 2, 3, 4].map(id => flowRow(id, id % 2 ? { marked: true } : {})))
  const at = (...keys: string[]) => press(marked, keys).screens[0].selected
  assert.deepEqual([at("'"), at("'", "'"), at('m')], [3, 1, 2])
  assert.match(press(rowWorld([flowRow(1)]), ["'"]).notice!.text, /Nothing is marked/)
})

test('goto selects the flow with that number', () => {
  const go = (argument: string) => reduce(settled(world), { type: 'command', name: 'goto', argument }, world)
  assert.equal(go('17').screens[0].selected, 17)
  assert.equal(go('x').notice!.tone, 'bad')
  assert.match(go('999').notice!.text, /no flow 999/)
})

const keysOn = (world: World, state: State, ...keys: string[]): State => press(world, keys, state)
const screenText = (state: State, world: World): string => texts(pageOf(state, world)).join('\n')

test('z clears the list of what it has, in any order, and u brings it back', () => {
  const rows = [1, 2, 3].map(id => flowRow(id))
  const live = { ...rowWorld([]), source: rowSource(rows) }
  const cleared = keysOn(live, settled(live), 'z')
  assert.match(cleared.notice!.text, /^3 flows hidden here and kept in the capture; u shows every flow again/)
  assert.match(screenText(cleared, live), /0 of 3 flows[\s\S]*cleared of 3 flows; the capture keeps them/)
  rows.push(flowRow(4), flowRow(5))
  for (const order of [[], ['o']]) {
    const next = keysOn(live, reduce(cleared, { type: 'changed' }, live), ...order)
    const text = screenText(next, live)
    assert.deepEqual(
      [...text.matchAll(/ \/(\d) /g)].map(([, path]) => path),
      ['4', '5'],
      text,
    )
    assert.match(text, /2 of 5 flows/)
    assert.equal(keysOn(live, next, 'g').screens[0].selected, 4)
  }
  assert.match(screenText(keysOn(live, cleared, 'u'), live), / 5 flows[\s\S]* \/1 /)
})

test('s lets the list stand still while flows come in, and says how many; s again lets them in', () => {
  const rows = [1, 2, 3].map(id => flowRow(id))
  const live = { ...rowWorld([]), source: rowSource(rows) }
  const paused = keysOn(live, settled(live), 'F', 's')
  rows.push(flowRow(4), flowRow(5))
  const later = reduce(paused, { type: 'changed' }, live)
  assert.equal(later.screens[0].selected, 3)
  assert.match(screenText(later, live), /paused, 2 new/)
  assert.doesNotMatch(screenText(later, live), / \/4 /)
  assert.equal(keysOn(live, later, 'G').screens[0].selected, 3)
  const on = keysOn(live, later, 's')
  assert.equal(on.screens[0].selected, 5)
  assert.doesNotMatch(screenText(on, live), /paused/)
})

test('a list that was paused before its first flow says what s will do; what is cleared while paused is what was seen', () => {
  const rows = [] as ReturnType<typeof flowRow>[]
  const live = { ...rowWorld([]), source: rowSource(rows) }
  const paused = keysOn(live, settled(live), 's')
  rows.push(flowRow(1), flowRow(2))
  assert.match(screenText(paused, live), /paused: s lets 2 new flows in/)
  const both = keysOn(live, keysOn(live, paused, 's', 's'), 'z')
  rows.push(flowRow(3))
  assert.match(screenText(keysOn(live, both, 's'), live), /1 of 3 flows/)
})
