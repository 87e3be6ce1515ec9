import assert from 'node:assert/strict'
import { test } from 'node:test'
import { handshakeOf } from '../../../src/tui/connection/cells.ts'
import { type ConnectionScreen, connectionRows } from '../../../src/tui/connection/state.ts'
import { screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld } from '../world.ts'

const narrow = await sampleWorld(60, 24)
const wide = { ...narrow, columns: 160 }
const open = (keys: string[], world = wide) => screenOf(press(world, ['c', ...keys])) as ConnectionScreen

test('in two columns the cursor stays on its leg', () => {
  const down = open(['j', 'j', 'j'])
  assert.deepEqual([down.leg, down.cell], ['client', 3])
  const count = handshakeOf(down, wide)!.items.filter(({ leg }) => leg === 'client').length
  assert.deepEqual([open(['G']).leg, open(['G']).cell], ['client', count - 1])
})

test('one below the other, the cursor goes on from one leg to the next', () => {
  const last = open(['G'], narrow)
  assert.equal(last.leg, 'upstream')
  assert.equal(open(['G', 'g'], narrow).leg, 'client')
})

test('the other leg is entered beside the row that one comes from', () => {
  const there = open(['j', 'tab'])
  assert.equal(there.leg, 'upstream')
  const layout = handshakeOf(there, wide)!
  const orders = layout.items
    .filter(({ leg, cell }) => cell === (leg === 'client' ? 1 : there.cell))
    .map(({ order }) => order)
  assert.equal(orders[0], orders[1])
  assert.equal(open(['l', 'l']).leg, 'upstream')
  assert.equal(open(['l', 'h']).leg, 'client')
})

test('the selected cell is always on the screen', () => {
  for (const world of [narrow, wide, { ...narrow, columns: 80 }, { ...narrow, columns: 60, rows: 20 }]) {
    let state = press(world, ['c'])
    for (let i = 0; i < 40; i++) {
      state = press(world, [i === 20 ? 'tab' : 'j'], state)
      const screen = screenOf(state) as ConnectionScreen
      const { start } = handshakeOf(screen, world)!.items.find(
        ({ leg, cell }) => leg === screen.leg && cell === screen.cell,
      )!
      assert.ok(start >= screen.top && start < screen.top + connectionRows(screen, world), `${start} at ${screen.top}`)
    }
  }
})
