import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostsHead, hostsLines, hostsScreen } from '../../../src/tui/hosts/screen.ts'
import type { HostsScreen } from '../../../src/tui/hosts/state.ts'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import { screenOf } from '../../../src/tui/state/state.ts'
import { press, rowWorld, sampleWorld } from '../world.ts'

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

const bare: HostsScreen = { kind: 'hosts', cursor: 0, open: new Set(), top: 0 }

test('hosts of the capture stand with their counts in line with the head, at every width', async () => {
  for (const columns of [60, 80, 160]) {
    const world = await sampleWorld(columns)
    const lines = hostsLines(bare, world)
    assert.match(lines.map(plain).join('\n'), /▸ https:\/\/api\.example\.com +\d+/)
    for (const line of [hostsHead(world), ...lines]) assert.ok(columnsOf(line) <= columns)
    assert.equal(columnsOf(hostsHead(world)), columnsOf(lines[0]!))
  }
})

test('without flows there are no hosts', () => {
  assert.match(hostsLines(bare, rowWorld([])).map(plain).join(), /No flows/)
})
