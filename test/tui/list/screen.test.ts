import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plain } from '../../../src/tui/line.ts'
import { listScreen } from '../../../src/tui/list/screen.ts'
import { type ListScreen, screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld, screenAfter } from '../world.ts'

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

test('how the selected flow ended stands at the foot', () => {
  const exchange = world.source.exchange(1)!
  const by = (state: 'aborted' | 'cancelled', aborted: NonNullable<typeof exchange.aborted>) => {
    const row = { ...world.source.rows({ limit: 1 })[0]!, state }
    const source = { ...world.source, rows: () => [row], exchange: () => ({ ...exchange, aborted }) }
    return screenAfter({ ...world, source }, [])
  }
  const why = 'RST_STREAM CANCEL'
  assert.match(
    by('cancelled', { at: 1, by: 'client', why, how: 'cancelled' }),
    /⊘ cancelled by the client: RST_STREAM CANCEL/,
  )
  assert.match(by('aborted', { at: 1, by: 'server', why }), /✗ ended by server: RST_STREAM CANCEL/)
})

test('what acted on the selected flow stands at the foot', () => {
  const exchange = world.source.exchange(1)!
  const shown = (acts: NonNullable<typeof exchange.acts>, acted?: 'changed' | 'answered') => {
    const row = { ...world.source.rows({ limit: 1 })[0]!, ...(acted && { acted }) }
    return screenAfter(
      { ...world, source: { ...world.source, rows: () => [row], exchange: () => ({ ...exchange, acts }) } },
      [],
    )
  }
  const acts = [
    { by: '~d a => delay 1s', did: 'waited 1 s' },
    { by: 'breakpoint', did: 'changed the body' },
  ]
  assert.match(shown(acts, 'changed'), /✎ acted on by ~d a => delay 1s: waited 1 s \(and 1 more\)/)
  assert.match(shown([acts[1]!], 'answered'), /◆ acted on by breakpoint: changed the body\s/)
  assert.doesNotMatch(shown([], 'answered'), /acted on/)
  assert.doesNotMatch(shown(acts), /acted on/)
})
