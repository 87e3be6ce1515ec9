import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MessageScreen } from '../../../src/tui/handshake-message/state.ts'
import { press, sampleWorld, screenAfter } from '../world.ts'

const world = await sampleWorld(100, 40)

test('a handshake message folds and unfolds, and left goes to the parent', () => {
  const message = ['c', 'j', 'j', 'enter']
  assert.match(screenAfter(world, [...message, 'h']), /▸ ClientHello/)
  assert.equal((press(world, [...message, 'j', 'j', 'h']).screens.at(-1) as MessageScreen).cursor, 0)
})
