import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConnectionScreen } from '../../../src/tui/connection/state.ts'
import { refoldAll } from '../../../src/tui/flow/commands.ts'
import type { FlowScreen } from '../../../src/tui/flow/state.ts'
import type { MessageScreen } from '../../../src/tui/handshake-message/state.ts'
import type { HelpScreen } from '../../../src/tui/help/screen.ts'
import { halfScreen, moves, refold, screenful, turnTab } from '../../../src/tui/state/navigate.ts'
import { type AnyScreen, screenOf } from '../../../src/tui/state/state.ts'
import { press, sampleWorld, settled } from '../world.ts'

const world = await sampleWorld(160, 48)
const narrow = await sampleWorld(80, 24)
const shown = (...keys: string[]): AnyScreen => screenOf(press(world, keys))
const flow = (...keys: string[]): FlowScreen => shown(...keys) as FlowScreen

test('a flow without a response opens on its request, one with it on its response', () => {
  assert.deepEqual([flow('enter').id, flow('enter').tab], [1, 'request'])
  assert.deepEqual([flow('j', 'enter').id, flow('j', 'enter').tab], [2, 'response'])
})

test('a connection’s row opens the connection', () => {
  const screen = shown('j', 'j', 'j', 'j', 'j', 'j', 'enter') as ConnectionScreen
  assert.deepEqual([screen.kind, screen.id], ['connection', 2])
})

test('every screen can be left the way it was entered', () => {
  const state = press(world, ['j', 'enter', 'c', 'j', 'j', 'enter', '?'])
  assert.deepEqual(
    state.screens.map(({ kind }) => kind),
    ['list', 'flow', 'connection', 'message', 'help'],
  )
  const left = press(world, ['q', 'esc', 'q', 'q'], state)
  assert.equal(left.screens.length, 1)
  assert.equal(left.screens[0].selected, 2)
})

test('q leaves the program from the list, esc does not', () => {
  const idle = { ...world, status: { ...world.status, recording: false } }
  assert.equal(press(idle, ['q']).done, true)
  assert.equal(press(world, ['esc', 'esc']).done, false)
  assert.equal(press(world, ['enter', 'ctrl-c']).done, true)
})

test('tabs go round', () => {
  assert.equal((shown('c', '<') as ConnectionScreen).tab, 'timeline')
  assert.equal(turnTab(1)(press(world, ['?']), world, '').screens.length, 2)
  assert.equal(flow('enter', 'tab').tab, 'response')
  assert.equal(flow('enter', 'shift-tab').tab, 'timing')
  assert.equal(flow('enter', 'l', 'l', 'l', 'l').tab, 'request')
  assert.equal((shown('c', 'K') as ConnectionScreen).tab, 'keys')
})

test('a handshake message opens, a moment without bytes says why not', () => {
  const message = shown('c', 'j', 'j', 'enter') as MessageScreen
  assert.deepEqual([message.kind, message.log, message.index], ['message', 'client', 0])
  assert.match(press(world, ['c', 'enter']).notice!.text, /no bytes/)
})

test('a text that scrolls stops at its end', () => {
  const down = press(narrow, ['?', 'G'])
  assert.deepEqual(press(narrow, ['j', 'ctrl-f'], down), down)
  assert.equal((screenOf(press(narrow, ['g'], down)) as HelpScreen).top, 0)
})

test('going up ends following', () => {
  assert.equal(press(narrow, ['F', 'k'], settled(narrow)).follow, false)
  assert.equal(press(narrow, ['F', 'j'], settled(narrow)).follow, true)
})

test('a screenful leaves one line of the last in sight, and moves at least one', () => {
  assert.deepEqual([screenful(10), screenful(1), halfScreen(10), halfScreen(1)], [9, 1, 5, 1])
})

test('a list that goes up follows no more, one that goes down does', () => {
  const following = press(narrow, ['F'])
  const after = (by: number) => moves(rows => by * halfScreen(rows))(following, narrow, '').follow
  assert.deepEqual([after(-1), after(1)], [false, true])
})

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
