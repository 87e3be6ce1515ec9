import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plain } from '../../../src/tui/line.ts'
import { listScreen } from '../../../src/tui/list/screen.ts'
import { type ListScreen, screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld } from '../world.ts'

const world = await sampleWorld(160, 48)
const title = (keys: readonly string[], columns = 160): string => {
  const sized = { ...world, columns }
  const state = press(sized, keys)
  return listScreen
    .title(screenOf(state) as ListScreen, state, sized)
    .map(plain)
    .join('\n')
}

test('the list says where we listen, how much there is and where it goes', () => {
  assert.match(
    title([]),
    /parley {2}127\.0\.0\.1:8080 {2}● recording {2}40 flows {2}3 connections {2}1 failed +sample\.parley/,
  )
})

test('following is told, and a name that does not fit is left out', () => {
  assert.match(title(['F']), /following/)
  assert.doesNotMatch(title([], 60), /sample\.parley/)
})

test('enter opens a flow as a flow, a failed connection as a connection', () => {
  const opened = (...keys: string[]) => screenOf(press(world, [...keys, 'enter'])).kind
  assert.deepEqual([opened(), opened(...'jjjjjj')], ['flow', 'connection'])
})
