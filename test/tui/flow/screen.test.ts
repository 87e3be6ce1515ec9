import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flowScreen } from '../../../src/tui/flow/screen.ts'
import type { FlowScreen } from '../../../src/tui/flow/state.ts'
import { plain } from '../../../src/tui/line.ts'
import { screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld } from '../world.ts'

const world = await sampleWorld(160, 48)

test('a flow that was cut off after its status says both', () => {
  const state = press(world, ['enter'])
  const cut = { aborted: { at: 1, by: 'server', why: 'reset' } } as const
  const source = { ...world.source, exchange: () => ({ ...world.source.exchange(5)!, ...cut }) }
  assert.match(plain(flowScreen.title(screenOf(state) as FlowScreen, state, { ...world, source })[0]), /GET 200✗ https/)
})

test('a tab with a body has a cursor, another scrolls', () => {
  const moved = (...keys: string[]) => {
    const state = press(world, ['enter', ...keys])
    const screen = screenOf(state) as FlowScreen
    return flowScreen.move(screen, 1, state, world).cursor - screen.cursor
  }
  assert.deepEqual([moved('1'), moved('4')], [1, 0])
})
