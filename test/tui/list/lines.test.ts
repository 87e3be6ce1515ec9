import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listBody, listTitle } from '../../../src/tui/list/lines.ts'
import { commandOf, reduce } from '../../../src/tui/state/reduce.ts'
import { initialState } from '../../../src/tui/state/state.ts'
import { width } from '../../../src/view/width.ts'
import { flowRow, press, rowWorld, sampleWorld, screenAfter, settled, texts } from '../world.ts'

const body = (state: ReturnType<typeof settled>, world: ReturnType<typeof rowWorld>): string =>
  texts(listBody(state.screens[0], state, world)).join('\n')

test('an empty recording says where it listens and what to do next', () => {
  const world = { ...rowWorld([]), hints: [{ what: 'try', command: 'curl -x …' }] }
  const text = body(settled(world), world)
  assert.match(text, /127\.0\.0\.1:8080/)
  assert.match(text, /curl -x …/)
})

test('an empty capture that is not recorded says so, and how to record one', () => {
  const world = rowWorld([])
  const old = {
    ...world,
    status: { recording: false, capturePath: 'x', command: 'parley' },
    hints: [{ what: 'a browser', command: 'parley browser' }],
  }
  assert.match(body(settled(old), old), /This capture holds no flows\.\n\n {2}a browser\n {4}parley browser/)
})

test('the welcome stands in place of the rows until a key is pressed, which does nothing else', () => {
  const world = rowWorld([])
  const first = { ...settled(world), welcome: [{ what: 'a browser', command: 'parley browser' }] }
  assert.match(body(first, world), /parley browser/)
  for (const key of ['q', 'enter', 'x', 'esc', '?']) {
    assert.equal(commandOf(first, key), undefined)
    const next = reduce(first, { type: 'key', key }, world)
    assert.deepEqual([next.screens.length, next.done, next.welcome], [1, false, undefined], key)
    assert.match(body(next, world), /Nothing came through yet/)
  }
  assert.match(body(reduce(first, { type: 'changed' }, world), world), /parley browser/)
  const later = rowWorld([flowRow(1)])
  assert.match(body(reduce(first, { type: 'changed' }, later), later), /example\.com/, 'a flow ends it too')
  assert.equal(reduce(first, { type: 'key', key: 'ctrl-c' }, world).done, true)
})

test('a filter that nothing fits says how to get rid of it', () => {
  const world = rowWorld([flowRow(1)])
  assert.match(body(press(world, ['f', '~', 'm', 'space', 'X', 'enter']), world), /No flow fits the filter ~m X/)
})

test('only the rows that fit on the screen are drawn', () => {
  const world = rowWorld(Array.from({ length: 500 }, (_, i) => flowRow(i + 1)))
  assert.equal(listBody(settled(world).screens[0], settled(world), world).length, 18)
  assert.match(texts([listTitle(initialState, world)]).join(), /method +stat +host/)
})

test('w puts bars over time in place of the right columns', async () => {
  const rows = screenAfter(await sampleWorld(), ['w']).split('\n')
  assert.match(rows.at(-3)!, /blocked.*TLS server/)
  assert.match(rows[2]!, /[▌─█░▒▓▚·]/)
  assert.ok(rows.every(row => width(row) <= 80))
})
