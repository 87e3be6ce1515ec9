import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostsScreen } from '../../../src/tui/hosts/screen.ts'
import { plain } from '../../../src/tui/line.ts'
import { type HostsScreen, screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld } from '../world.ts'

const world = await sampleWorld(100, 30)
const state = press(world, ['t'])
const screen = screenOf(state) as HostsScreen

test('the tree says what its columns are, and lights up its cursor', () => {
  assert.match(hostsScreen.title(screen, state, world).map(plain).join(), /Hosts.*host and path +flows +failed +size/)
  assert.equal(
    hostsScreen.body(screen, state, world)[0]?.some(({ ground }) => ground === 'selected'),
    true,
  )
})

test('an unfolded host is folded again where the cursor is on it', () => {
  const open = hostsScreen.refold!(screen, 'unfold', world)
  assert.equal(open.open.size, 1)
  assert.deepEqual(hostsScreen.refold!(open, 'fold', world), screen)
  assert.deepEqual(hostsScreen.refold!(open, 'unfold', world), open)
})
