import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refoldAll } from '../../../src/tui/flow/commands.ts'
import { refold } from '../../../src/tui/state/folding.ts'
import { press, sampleWorld } from '../world.ts'

const world = await sampleWorld(100, 40)

test('a screen that has nothing to fold stays as it is', () => {
  const list = press(world, [])
  assert.equal(refold('toggle')(list, world, ''), list)
  assert.equal(refoldAll(list, world, ''), list)
})

test('a flow is folded by enter alone, and wholly by z', () => {
  const flow = press(world, [...'jjjj', 'enter', ...'jjjjjj'])
  assert.deepEqual(refold('fold')(flow, world, ''), flow)
  assert.notDeepEqual(refold('toggle')(flow, world, ''), flow)
  assert.notDeepEqual(refoldAll(flow, world, ''), flow)
})
