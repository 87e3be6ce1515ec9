import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reduce } from '../../../src/tui/state/reduce.ts'
import { flowRow, press, rowWorld, settled } from '../world.ts'

const world = rowWorld(Array.from({ length: 30 }, (_, i) => flowRow(i + 1, { method: i % 3 ? 'GET' : 'POST' })))

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

test('goto selects the flow with that number', () => {
  const go = (argument: string) => reduce(settled(world), { type: 'command', name: 'goto', argument }, world)
  assert.equal(go('17').screens[0].selected, 17)
  assert.equal(go('x').notice!.tone, 'bad')
  assert.match(go('999').notice!.text, /no flow 999/)
})
