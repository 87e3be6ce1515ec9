import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plain } from '../../../src/tui/line.ts'
import { titleLines } from '../../../src/tui/screens/title.ts'
import { screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld } from '../world.ts'

const world = await sampleWorld(160, 48)
const title = (keys: readonly string[], columns = 160): string => {
  const sized = { ...world, columns }
  const state = press(sized, keys)
  return titleLines(screenOf(state), state, sized).map(plain).join('\n')
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

test('a connection says what it would have been without the proxy', () => {
  assert.match(title(['c']), /c1 {2}api\.example\.com:443 {2}h2 1\.3 │ h2 1\.3 .*agreed without the proxy: /)
})

test('a failed connection says what failed', () => {
  assert.match(title([...'jjjjjj', 'enter']), /c2 {2}pinned\.example\.com:443 .*✗ tls\/client-rejected-leaf/)
})

test('a message says who sent it to whom', () => {
  assert.match(title(['c', ...'jj', 'enter']), /ClientHello {2}[\d ]+ B {2}client → Parley .*message 1 of /)
  assert.match(title(['c', ...'jjj', 'enter']), /ServerHello {2}[\d ]+ B {2}Parley → client/)
})

test('a flow that was cut off after its status says both', () => {
  const state = press(world, ['enter'])
  const cut = { aborted: { at: 1, by: 'server', why: 'reset' } } as const
  const source = { ...world.source, exchange: () => ({ ...world.source.exchange(5)!, ...cut }) }
  assert.match(plain(titleLines(screenOf(state), state, { ...world, source })[0]), /GET 200✗ https/)
})
