import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reduce } from '../../../src/tui/state/reduce.ts'
import { flowRow, press, rowWorld, settled } from '../world.ts'

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
