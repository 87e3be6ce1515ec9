import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectionScreen } from '../../../src/tui/connection/screen.ts'
import type { ConnectionScreen } from '../../../src/tui/connection/state.ts'
import { plain } from '../../../src/tui/line.ts'
import { screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld } from '../world.ts'

const world = await sampleWorld(160, 48)
const title = (keys: readonly string[], columns = 160): string => {
  const sized = { ...world, columns }
  const state = press(sized, keys)
  return connectionScreen
    .title(screenOf(state) as ConnectionScreen, state, sized)
    .map(plain)
    .join('\n')
}

test('a connection says what it would have been without the proxy', () => {
  assert.match(title(['c']), /c1 {2}api\.example\.com:443 {2}h2 1\.3 │ h2 1\.3 .*agreed without the proxy: /)
})

test('a failed connection says what failed', () => {
  assert.match(title([...'jjjjjj', 'enter']), /c2 {2}pinned\.example\.com:443 .*✗ tls\/client-rejected-leaf/)
})
