import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partBytes } from '../../../src/tui/flow/body.ts'
import type { FlowScreen } from '../../../src/tui/flow/state.ts'
import type { Direction } from '../../../src/tui/screen.ts'
import { placesFrom } from '../../../src/tui/state/places.ts'
import { type AnyScreen, screenOf, type World } from '../../../src/tui/state/state.ts'
import { press, sampleWorld, screenAfter } from '../world.ts'

const sample = await sampleWorld(110, 30)
/** A response of four parts, of which the second and the last hold the word. */
const body = Buffer.alloc(partBytes * 3 + 100, `${'x'.repeat(99)}\n`)
body.write('Needle', partBytes + 500)
body.write('needle', partBytes * 3 + 50)
const world: World = {
  ...sample,
  source: {
    ...sample.source,
    bodyLength: (_, side) => (side === 'response' ? body.length : 0),
    body: (_, side, from, length) => (side === 'response' ? body.subarray(from, from + length) : new Uint8Array()),
  },
}
const open = screenOf(press(world, ['j', 'enter'])) as FlowScreen
const inPart: FlowScreen = { ...open, part: 1 }
const summary: FlowScreen = { ...open, tab: 'summary' }
const isFlow = (screen: AnyScreen): screen is FlowScreen => screen.kind === 'flow'
const places = (screen: AnyScreen, direction: Direction, text = 'needle') =>
  [...placesFrom(screen, text, direction, world)]
    .filter(place => place !== undefined)
    .map(({ screen: at, start, notice = '' }) =>
      [isFlow(at) ? `${at.tab} ${at.part}` : at.kind, start, notice].filter(Boolean).join(', '),
    )

test('a search goes on in the parts of a large body that hold the text, then in the tabs, then round the end', () => {
  assert.deepEqual(places(inPart, 1), [
    'response 1, here',
    'response 3, edge, Found in part 4.',
    'summary 0, edge, Found in connection.',
    'timing 0, edge, Found in timing.',
    'request 0, edge, Search wrapped, found in request.',
    'response 0, edge, Search wrapped, found in part 1.',
    'response 1, edge, Search wrapped.',
  ])
})

test('backwards everything comes the other way', () => {
  assert.deepEqual(places(summary, -1), [
    'summary 0, here',
    'response 3, edge, Found in response, part 4.',
    'response 1, edge, Found in response, part 2.',
    'response 0, edge, Found in response.',
    'request 0, edge, Found in request.',
    'timing 0, edge, Search wrapped, found in timing.',
    'summary 0, edge, Search wrapped.',
  ])
})

test('a part that does not hold the text is a step of its own', () => {
  const [first, , ...rest] = placesFrom(inPart, 'needle', 1, world)
  assert.deepEqual([first?.start, rest[0]?.notice], ['here', 'Found in part 4.'])
  assert.equal([...placesFrom(inPart, 'nowhere', 1, world)].filter(place => place === undefined).length, 2)
})

test('a screen without tabs is searched round its end', () => {
  assert.deepEqual(places({ kind: 'help' }, 1), ['help, here', 'help, edge, Search wrapped.'])
})

test('a hit in a later part is shown', () => {
  const keys = ['j', 'enter', '/', ...'needle', 'enter']
  assert.match(screenAfter(world, keys), /Needle[\s\S]*Found in part 2\./)
  assert.match(screenAfter(world, [...keys, 'n']), /Found in part 4\./)
  assert.match(screenAfter(world, [...keys, 'n', 'n']), /Search wrapped, found in part 2\./)
})
