import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageScreen } from '../../../src/tui/handshake-message/screen.ts'
import type { MessageScreen } from '../../../src/tui/handshake-message/state.ts'
import { plain } from '../../../src/tui/line.ts'
import { screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld } from '../world.ts'

const world = await sampleWorld(160, 48)
const title = (keys: readonly string[], columns = 160): string => {
  const sized = { ...world, columns }
  const state = press(sized, keys)
  return messageScreen
    .title(screenOf(state) as MessageScreen, state, sized)
    .map(plain)
    .join('\n')
}

test('a message says who sent it to whom', () => {
  assert.match(title(['c', ...'jj', 'enter']), /ClientHello {2}[\d ]+ B {2}client → Parley .*message 1 of /)
  assert.match(title(['c', ...'jjj', 'enter']), /ServerHello {2}[\d ]+ B {2}Parley → client/)
})

test('a search opens the fields that hide what it finds', () => {
  const screen = screenOf(press(world, ['c', ...'jj', 'enter'])) as MessageScreen
  const found = messageScreen.find?.(screen, 'server_name', 1, 'edge', world)
  assert.ok(found && found.cursor > 0)
})
